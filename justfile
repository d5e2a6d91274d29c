# Recipes for the steps of `.ci/run`, which defines them, and for golden files, benchmarks, mutation testing and fuzzing.

# Lists the recipes.
default:
    @just --list

# Runs every check that must pass before a change is merged.
ci:
    .ci/run

# Checks the formatting.
format:
    .ci/run format

# Checks licenses, sources and advisories of the dependencies.
audit:
    .ci/run audit

# Runs Clippy. Warnings are errors.
lint:
    .ci/run lint

# Builds the documentation. Warnings are errors.
docs:
    .ci/run docs

# Runs all tests.
test:
    .ci/run test

# Runs the example against the emulator.
quickstart:
    .ci/run quickstart

# Tests the emulator's page in Chromium.
page:
    .ci/run page

# Calls the emulator with the official Python clients.
interop:
    .ci/run interop

# Connects the official MCP client for Python to `alicloud mcp`.
mcp:
    .ci/run mcp

# Imports, generates and compiles sample API metadata.
metadata:
    .ci/run metadata

# Checks each cargo feature alone, and none.
features:
    .ci/run features

# Checks the build with the minimum Rust version.
msrv:
    .ci/run msrv

# Builds and tests the packages from their own files.
packages:
    .ci/run packages

# Checks the packages with the oldest versions of their dependencies.
minimal:
    .ci/run minimal

# Compares the public API with the last release.
semver:
    .ci/run semver

# Updates all golden files. Review the difference before you commit.
golden:
    BLESS=1 cargo test -p alicloud --test suite readme
    BLESS=1 cargo test -p alicloud-model --test suite bad
    BLESS=1 cargo test -p alicloud-model --test repository
    BLESS=1 cargo test -p alicloud-codegen --test suite golden
    BLESS=1 cargo test -p alicloud-cli --test suite official_specs
    TRYBUILD=overwrite cargo test -p alicloud --test suite compiler_messages

# Runs a benchmark, such as `just bench sign --instructions`.
bench name *options:
    cargo run --release -p alicloud-benches --bin {{ name }} -- {{ options }}

# Tests mutants of a crate, such as `just mutants runtime -f 'runtime/src/call/**'`. Needs cargo-mutants.
mutants crate *options:
    CARGO_INCREMENTAL=1 cargo mutants --package alicloud-{{ crate }} {{ options }}

# Runs the fuzz target `import`, `load` or `transcribe`. Needs cargo-fuzz and a nightly toolchain.
fuzz target runs="1000000":
    mkdir -p fuzz/corpus/{{ target }}
    cargo +nightly fuzz run {{ target }} fuzz/corpus/{{ target }} fuzz/seeds/{{ target }} \
        {{ if target == "load" { "model/tests/bad" } else { "" } }} -- \
        -runs={{ runs }} -max_len=8192 -rss_limit_mb=2048 -timeout=20 -dict=fuzz/dictionaries/{{ target }}.dict
