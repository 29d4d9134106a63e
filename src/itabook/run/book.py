"""Books: which agency-years, which notebooks, which title. `params/books/<book>.yml` holds them."""

import re
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationInfo, field_validator, model_validator

from itabook.data.project import Project
from itabook.data.yaml_files import load_model
from itabook.errors import DataError, Fault
from itabook.language import tr
from itabook.words import Digits

_NAME = re.compile(r"[a-z0-9][a-z0-9_-]*")
Each = Literal["agency-year", "agency", "book"]
PDF_A = ("ua-1", "a-2a")
"""What the PDF of an archive keeps, as Typst names it: accessible, and readable in many years."""
MADE = ("agencies", "book", "fonts", "notebooks", "runs")
"""Folders of outputs/ that belong to others than an annex of that name."""


class ChapterSpec(BaseModel):
    """One line of the book: a notebook, run for each agency-year, for each of some agencies, or once.

    `title` may hold {agency}, {short} and {year}, that of a chapter run once none of them; `part` is the
    heading the chapters stand under, by default the name of the agency.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    notebook: str
    each: Each
    title: str
    agencies: tuple[str, ...] = ()
    part: str = ""
    parameters: dict[str, str | int | float | bool] = Field(default_factory=dict)

    @field_validator("title")
    @classmethod
    def _known_places(cls, title: str, info: ValidationInfo) -> str:
        known = () if info.data.get("each") == "book" else ("{agency}", "{short}", "{year}")
        rest = title
        for place in known:
            rest = rest.replace(place, "")
        if "{" in rest or "}" in rest:
            use = (
                tr("ใช้ได้เฉพาะ {listed}", listed=" ".join(known))
                if known
                else tr("บทของทั้งเล่ม (each: book) ใช้วงเล็บปีกกาไม่ได้")
            )
            raise ValueError(tr("ชื่อบท {title} มีวงเล็บปีกกาที่ไม่รู้จัก {use} · แก้ชื่อบทให้ไม่มีวงเล็บปีกกาอื่น", title=title, use=use))
        return title

    @field_validator("notebook")
    @classmethod
    def _safe_name(cls, name: str) -> str:
        if not _NAME.fullmatch(name):
            raise ValueError(tr("ชื่อสมุดบันทึกใช้ได้เฉพาะ a-z 0-9 _ และ - · ใส่ชื่อแฟ้มใน notebooks โดยไม่มีโฟลเดอร์และไม่มี .ipynb"))
        return name


class Book(BaseModel):
    """A book: title page, agency-years in order, chapters, digits and formats.

    `layout` is "annex" for one that is attached to the agenda of a meeting: a PDF of its own for each agency-year, in
    `outputs/<book>`, without cover and contents. A book without
    agency-years takes one from the command line. `pdf-a` is for one that goes to an archive: PDF/A-2a.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)

    name: str
    title: str
    subtitle: str = ""
    organisation: str
    agency_years: tuple[str, ...] = Field(default=(), alias="agency-years")
    chapters: tuple[ChapterSpec, ...] = Field(min_length=1)
    digits: Digits = "arabic"
    formats: tuple[Literal["html", "pdf"], ...] = ("html", "pdf")
    layout: Literal["book", "annex"] = "book"
    pdf_a: bool = Field(default=False, alias="pdf-a")

    @model_validator(mode="after")
    def _annex_is_one_pdf(self) -> "Book":
        if self.layout != "annex":
            return self
        if [spec.each for spec in self.chapters] != ["agency-year"] or self.formats != ("pdf",):
            problem = tr("เล่มแบบ annex ต้องมีบทเดียว ที่ระบุ each: agency-year และมี formats: [pdf] เท่านั้น")
            raise ValueError(tr("{problem} · แก้ตามตัวอย่างใน params/books/board.yml", problem=problem))
        if self.name in MADE:
            raise ValueError(
                tr("เล่มแบบ annex ใช้ชื่อ {name} ไม่ได้ เพราะเป็นชื่อโฟลเดอร์อื่นใน outputs · เปลี่ยนชื่อแฟ้มของหนังสือ", name=self.name)
            )
        return self

    @field_validator("agency_years")
    @classmethod
    def _agency_slash_year(cls, names: tuple[str, ...]) -> tuple[str, ...]:
        for name in names:
            if not re.fullmatch(r"[a-z0-9][a-z0-9-]*/\d{4}", name):
                remedy = tr("พิมพ์ชื่อโฟลเดอร์ใน data/raw แล้วตามด้วย / และปี พ.ศ.")
                raise ValueError(tr("{name} ไม่อยู่ในรูป หน่วยงาน/ปี เช่น bgo/2564 · {remedy}", name=name, remedy=remedy))
        return names

    @property
    def pairs(self) -> tuple[tuple[str, int], ...]:
        """Agency-years as (agency, fiscal year)."""
        return tuple((name.split("/")[0], int(name.split("/")[1])) for name in self.agency_years)


def load_book(project: Project, name: str) -> Book:
    """A book by name. DataError for a name that is not safe or not there, and for every wrong key."""
    known = ", ".join(sorted(path.stem for path in project.books.glob("*.yml")))
    if not _NAME.fullmatch(name) or not (project.books / f"{name}.yml").is_file():
        raise DataError(
            [Fault(f"params/books/{name}.yml", tr("ไม่มีหนังสือชื่อนี้"), tr("เลือกจากที่มี: {known}", known=known), value=name)]
        )
    return load_model(project.books / f"{name}.yml", project.root, Book, name=name)
