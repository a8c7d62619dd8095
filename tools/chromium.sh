#!/bin/sh
# Prints the path of a Chromium to test with: BIENVU_TEST_CHROMIUM, else what is installed.
if [ -n "${BIENVU_TEST_CHROMIUM:-}" ]; then
	echo "$BIENVU_TEST_CHROMIUM"
	exit 0
fi
for name in chromium chromium-browser google-chrome google-chrome-stable \
	"/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"; do
	command -v "$name" && exit 0
done
exit 1
