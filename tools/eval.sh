#!/bin/sh
# Measures the judgement on a corpus.
#   tools/eval.sh DIR FILE    one folder and its manifest, judged by the embedded model
#   tools/eval.sh DIR DIR2    the whole comparison: DIR holds dev-neutral and templates-authneutral, and as they came dev
#                             and templates; DIR2 manifest-dev.csv and manifest-templates.csv. Judged by models that saw
#                             no relative of a message. $SCORES: "name=file name=file", scores of other engines;
#                             $FLAGS: more flags of `bienvu eval`.
set -eu
corpus=$1 manifests=$2
if [ -f "$manifests" ]; then
    # shellcheck disable=SC2086
    exec go run ./cmd/bienvu eval ${FLAGS:-} "$corpus=$manifests"
fi
set -- --unseen --ablate
for pair in ${SCORES:-}; do set -- "$@" --beside "$pair"; done
for part in dev templates; do
    [ ! -d "$corpus/$part" ] || set -- "$@" --raw "$corpus/$part=$manifests/manifest-$part.csv"
done
# shellcheck disable=SC2086
exec go run ./cmd/bienvu eval "$@" ${FLAGS:-} \
    "$corpus/dev-neutral=$manifests/manifest-dev.csv" "$corpus/templates-authneutral=$manifests/manifest-templates.csv"
