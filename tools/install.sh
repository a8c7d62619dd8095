#!/bin/sh
# Usage: tools/install.sh PACKAGE VERSION. Builds a tool into ./bin and notes its
# version beside it, so that make sees when another one is wanted.
set -eu
name=$(basename "$1")
mkdir -p bin
echo "building $name $2"
GOBIN="$PWD/bin" GOFLAGS= go install "$1@$2"
rm -f "bin/.$name-"*
touch "bin/.$name-$2"
