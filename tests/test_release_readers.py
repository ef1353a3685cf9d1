"""A release opens in what people use, whole."""

import csv
import os
import re
import shutil
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path

import duckdb
import pandas as pd
import polars as pl
import pytest
import released_package

from ukraine_minerals.export import columns

ROOT = Path(__file__).parents[1]


def test_readers_find_every_row(released: Path) -> None:
    wanted = {
        Path(path).stem: file["rows"]
        for path, file in released_package.listed(released).items()
        if path[:4] == "csv/"
    }
    assert {n: len(pd.read_csv(released / f"csv/{n}.csv", low_memory=False)) for n in wanted} == wanted
    assert {n: pl.read_parquet(released / f"parquet/{n}.parquet").height for n in wanted} == wanted
    with (
        closing(duckdb.connect()) as duck,
        closing(sqlite3.connect(released / "ukraine-minerals.sqlite")) as lite,
    ):
        for name, rows in wanted.items():
            parquet = f"SELECT count(*) FROM '{released}/parquet/{name}.parquet'"  # noqa: S608
            assert duck.execute(parquet).fetchall() == [(rows,)]
            comma = f"SELECT count(*) FROM read_csv('{released}/csv/{name}.csv', header = true)"  # noqa: S608
            assert duck.execute(comma).fetchall() == [(rows,)]
            assert lite.execute(f'SELECT count(*) FROM "{name}"').fetchall() == [(rows,)]  # noqa: S608


@pytest.mark.audit
@pytest.mark.skipif(
    shutil.which("soffice") is None, reason="LibreOffice (Debian: libreoffice-calc) is absent"
)
def test_libreoffice_reads_what_the_csv_says(released: Path, tmp_path: Path) -> None:
    every_sheet = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1"
    command = ["soffice", f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}", "--headless"]
    command += ["--convert-to", every_sheet, "--outdir", str(tmp_path / "csv")]
    subprocess.run([*command, str(released / "ukraine-minerals.xlsx")], check=True, capture_output=True)
    tables = released_package.tables_of(released / "datapackage.json")
    letters = 0
    for name, table in tables.by_name.items():
        with (tmp_path / f"csv/ukraine-minerals-{name}.csv").open(encoding="utf-8", newline="") as file:
            header, *rows = csv.reader(file)
        assert header == list(table.header)
        cells = list(zip(*rows, strict=True)) or [()] * len(header)
        for field, found in zip(table.fields, cells, strict=True):
            wanted = columns.read(field, table.columns[field.name])
            if wanted.kind in ("number", "integer"):
                assert [float(cell) if cell else None for cell in found] == list(wanted.values), field.name
            elif wanted.kind == "boolean":
                assert [cell.lower() for cell in found] == list(wanted.texts)
            else:
                assert list(found) == list(wanted.texts), f"{name}.{field.name}"
                letters += len(re.findall("[ґєіїҐЄІЇ]", "".join(found)))
    assert letters > 1000


@pytest.mark.audit
@pytest.mark.skipif(shutil.which("Rscript") is None, reason="R (Debian: r-base-core) is absent")
def test_r_reads_every_row(released: Path) -> None:
    code = """
    for (path in sort(Sys.glob("csv/*.csv"))) {
      found <- read.csv(path, encoding = "UTF-8", na.strings = "", check.names = FALSE)
      cat(sub(".csv", "", basename(path)), nrow(found), ncol(found), "\n")
    }
    sites <- read.csv("csv/sites.csv", encoding = "UTF-8", na.strings = "")
    cat("uk", sites$name_uk[sites$site_id == "azovstal"], "\n")
    stopifnot(is.numeric(sites$latitude))
    """
    environment = {**os.environ, "LC_ALL": "C.UTF-8"}
    done = subprocess.run(
        ["Rscript", "-e", code], cwd=released, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    lines = dict(line.split(" ", 1) for line in done.stdout.splitlines())
    assert "«Азовсталь»" in lines.pop("uk")
    wanted = {
        Path(path).stem: f"{file['rows']} {len(released_package.rows_of_csv(released, Path(path).stem)[0])}"
        for path, file in released_package.listed(released).items()
        if path.startswith("csv/")
    }
    assert {name: told.strip() for name, told in lines.items()} == wanted
