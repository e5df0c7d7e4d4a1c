# Two targets do everything: `make serve` and `make test`. `make help` lists the rest.

PYTHON ?= python3
PORT ?= 8000
BIN := .venv/bin
RUN := $(BIN)/python
STAMPS := .make
export NO_MKDOCS_2_WARNING := 1
export PYTHONPATH := $(CURDIR)

# LANG is also the shell's own variable: only `make figures LANG=zh` means the figures' language.
ifeq ($(origin LANG),command line)
FIGURE_OPTIONS += --language $(LANG)
endif
FIGURE_OPTIONS += $(if $(THEME),--theme $(THEME)) $(if $(FORMAT),--format $(FORMAT)) $(if $(ONLY),--only $(ONLY))

PACKAGE := $(shell find adamwd -name '*.py')
PAGES := $(shell find docs -name '*.md') $(wildcard docs/samples/* docs/samples/output/*)
TRACES := $(shell find docs/data/traces -name '*.json')
PAGE_SOURCES := $(shell find site_src -type f) package.json tsconfig.json
CHROMIUM_FOUND := $(or $(CHROMIUM),$(shell command -v chromium || command -v chromium-browser || command -v google-chrome))

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help serve preview site test check format traces samples claims facts figures page pyodide \
	versions bench clean distclean chromium

help:  ## List the targets
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## (.*)/  make \1\t\2/' | expand -t 22

## -- What people use ---------------------------------------------------------

serve: site  ## Build everything from real runs and serve the site at http://127.0.0.1:8000
	$(RUN) scripts/serve.py --port $(PORT)

preview: $(STAMPS)/preview  ## Build and serve the site from the recorded traces, without torch and MindSpore
	$(RUN) scripts/serve.py --port $(PORT)

# Two calls of make, so that the second one sees the traces that the first one has written.
site:  ## Build everything from real runs, into site/
	@$(MAKE) --no-print-directory $(STAMPS)/facts
	@$(MAKE) --no-print-directory $(STAMPS)/preview

test: site $(STAMPS)/numpy2 chromium  ## Run every test
	$(RUN) -m pytest -n 2 --dist worksteal
	npm test --silent
	.venv-numpy2/bin/python -m pytest tests/unit

traces: $(STAMPS)/traces  ## Run every experiment with the real optimizers and record it
samples: $(STAMPS)/samples  ## Run the code of the pages and record its output
claims: $(STAMPS)/claims  ## Run every claim against the real libraries and record it
facts: $(STAMPS)/facts  ## Compute the numbers of the pages from the traces, and write them into the pages

figures: $(STAMPS)/environment  ## Draw the figures; LANG=zh|en THEME=light|dark FORMAT=svg|png ONLY=name choose
	$(RUN) scripts/figures.py $(FIGURE_OPTIONS)

# By itself on purpose: the environments take some 24 GB, torch with CUDA among it.
versions: $(STAMPS)/frameworks  ## Run the claims on older MindSpore and torch, and record them; ONLY=name chooses
	$(RUN) scripts/versions.py $(if $(ONLY),--only $(ONLY))

page: $(STAMPS)/page  ## Bundle the page's TypeScript and the Python that it runs
pyodide: $(STAMPS)/python  ## Make the self-hosted Python of the page: archives and snapshot

bench: $(STAMPS)/preview chromium  ## Measure the playground's speed in a browser, and record it
	$(RUN) -m scripts.bench

check: $(STAMPS)/frameworks $(STAMPS)/npm  ## Lint, types, formatting, and that nothing generated is stale
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	npm run --silent lint
	npm run --silent typecheck
	$(RUN) scripts/fonts.py --check
	$(RUN) scripts/signatures.py --check
	$(RUN) scripts/record.py --check
	$(RUN) scripts/claims.py --check
	$(RUN) scripts/versions.py --check
	$(RUN) scripts/facts.py --check
	$(RUN) scripts/samples.py --check
	$(RUN) -m scripts.bench --check

format:  ## Format and mend what the linters can mend
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .
	npm run --silent format

clean:  ## Remove what was built, keep what was downloaded
	rm -rf site docs/assets docs/zh/assets/figures docs/en/assets/figures .make dist

distclean: clean  ## Remove everything that is not in the repository
	rm -rf .venv .venv-numpy2 .venvs node_modules .cache .pytest_cache .mypy_cache .ruff_cache .hypothesis

## -- Environments ------------------------------------------------------------

# pip, not uv: it finds the CPU build of torch where one is offered.
$(STAMPS)/environment: pyproject.toml constraints.txt | $(STAMPS)
	test -x $(RUN) || $(PYTHON) -m venv .venv
	$(BIN)/pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[figures,site]'
	touch $@

$(STAMPS)/frameworks: $(STAMPS)/environment
	$(BIN)/pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[torch,mindspore,cli,figures,site,test]'
	touch $@

$(STAMPS)/numpy2: pyproject.toml constraints-numpy2.txt | $(STAMPS)
	test -x .venv-numpy2/bin/python || $(PYTHON) -m venv .venv-numpy2
	.venv-numpy2/bin/pip install --quiet --disable-pip-version-check -c constraints-numpy2.txt numpy pytest hypothesis tqdm
	touch $@

$(STAMPS)/npm: package.json package-lock.json | $(STAMPS)
	npm ci --no-audit --no-fund --loglevel=error
	touch $@

chromium:
ifeq ($(CHROMIUM_FOUND),)
	@command -v apt-get >/dev/null || { echo "The browser tests need Chromium: install it, or set CHROMIUM to its path." >&2; exit 1; }
	apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq chromium
endif

$(STAMPS):
	mkdir -p $@

## -- Build steps -------------------------------------------------------------

$(STAMPS)/traces: $(STAMPS)/frameworks $(PACKAGE) scripts/record.py
	$(RUN) scripts/record.py
	touch $@

$(STAMPS)/samples: $(STAMPS)/frameworks $(PACKAGE) $(wildcard docs/samples/*.py) scripts/samples.py scripts/signatures.py
	$(RUN) scripts/signatures.py
	$(RUN) scripts/samples.py
	touch $@

$(STAMPS)/claims: $(STAMPS)/frameworks $(PACKAGE) $(wildcard scripts/claim*.py) scripts/atomic.py
	$(RUN) scripts/claims.py
	touch $@

$(STAMPS)/facts: $(STAMPS)/traces $(STAMPS)/claims $(STAMPS)/samples $(wildcard scripts/fact*.py scripts/measured*.py scripts/claim*.py) scripts/citations.py $(TRACES) $(PAGES)
	$(RUN) scripts/facts.py
	touch $@

$(STAMPS)/figures: $(STAMPS)/environment $(PACKAGE) $(TRACES) scripts/figures.py $(wildcard adamwd/figures/fonts/*)
	$(RUN) scripts/figures.py
	touch $@

$(STAMPS)/pyodide: $(STAMPS)/environment $(STAMPS)/npm $(wildcard scripts/pyodide*.py scripts/wheel*.py) scripts/atomic.py
	$(RUN) scripts/pyodide.py
	touch $@

$(STAMPS)/python: $(STAMPS)/pyodide $(PACKAGE) scripts/page_python.py scripts/page_package.py $(wildcard scripts/page_python/*)
	$(RUN) -m scripts.page_python
	touch $@

$(STAMPS)/page: $(STAMPS)/python $(PAGE_SOURCES) $(TRACES) scripts/bundle.py scripts/page_data.py scripts/atomic.py
	$(RUN) scripts/bundle.py
	touch $@

MKDOCS := mkdocs.yml mkdocs.en.yml scripts/site.py scripts/content_policy.py $(wildcard docs/data/claims.*.html docs/samples/versions/*) $(PAGES) $(PAGE_SOURCES)

$(STAMPS)/preview: $(STAMPS)/npm $(STAMPS)/figures $(STAMPS)/page $(MKDOCS)
	$(RUN) scripts/site.py
	touch $@
