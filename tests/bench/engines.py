"""Engines turn the article into a PDF, each with a small template of its own. A program by
itself, which loads one engine only:

    python engines.py ENGINE FONTS DATA.json OUT.pdf      one handout, and the end: the cold process
    python engines.py ENGINE FONTS                        the warm one: a line of JSON in, a line of JSON out

FONTS is a folder with figo.ttf and figbo.ttf. Only fonts and parsed templates survive from one handout to the next.
"""

from __future__ import annotations

import os
import sys

HERE = os.path.dirname(os.path.abspath(__file__))


FACES = """@font-face { font-family: FiraGO; src: url(figo.ttf) }
@font-face { font-family: FiraGO; font-weight: bold; src: url(figbo.ttf) }
"""
"""As they stand in handout.html.j2."""


class Typst:
    def __init__(self, fonts: str) -> None:
        import typst

        self.compiler = typst.Compiler(os.path.join(HERE, "handout.typ"), HERE, [fonts], ignore_system_fonts=True)

    def make(self, data: str) -> bytes:
        return self.compiler.compile(sys_inputs={"data": data}, format="pdf", pdf_standards=["a-2a", "ua-1"])


class Html:
    """What the engines that set HTML share."""

    def __init__(self, fonts: str) -> None:
        import jinja2

        self.fonts = fonts + os.sep
        with open(os.path.join(HERE, "handout.html.j2"), encoding="utf-8") as stream:
            self.template = jinja2.Environment(autoescape=True).from_string(stream.read())

    def html(self, data: str) -> str:
        import json

        return self.template.render(json.loads(data))


class WeasyPrint(Html):
    def __init__(self, fonts: str) -> None:
        import weasyprint
        import weasyprint.text.fonts

        super().__init__(fonts)
        self.weasyprint = weasyprint
        self.configuration = weasyprint.text.fonts.FontConfiguration()
        self.faces = weasyprint.CSS(string=FACES, base_url=self.fonts, font_config=self.configuration)

    def make(self, data: str) -> bytes:
        page = self.weasyprint.HTML(string=self.html(data).replace(FACES, ""), base_url=self.fonts)
        return page.write_pdf(font_config=self.configuration, stylesheets=[self.faces], pdf_variant="pdf/ua-1")


class PlutoPrint(Html):
    def __init__(self, fonts: str) -> None:
        import plutoprint

        super().__init__(fonts)
        self.plutoprint = plutoprint

    def make(self, data: str) -> bytes:
        import io
        import pathlib

        book = self.plutoprint.Book(self.plutoprint.PAGE_SIZE_A4)
        book.load_html(self.html(data), base_url=pathlib.Path(self.fonts).as_uri() + "/")
        out = io.BytesIO()
        book.write_to_pdf_stream(out)
        return out.getvalue()


class Platypus:
    """ReportLab's own typesetter, untagged."""

    def __init__(self, fonts: str) -> None:
        from reportlab.lib.styles import ParagraphStyle
        from reportlab.pdfbase import pdfmetrics
        from reportlab.pdfbase.ttfonts import TTFont

        for name, file in (("FiraGO", "figo.ttf"), ("FiraGO-Bold", "figbo.ttf")):
            pdfmetrics.registerFont(TTFont(name, os.path.join(fonts, file)))
        pdfmetrics.registerFontFamily("FiraGO", normal="FiraGO", bold="FiraGO-Bold", italic="FiraGO",
                                      boldItalic="FiraGO-Bold")

        def style(size: float, bold: bool = False, white: bool = False) -> ParagraphStyle:
            colour = "#ffffff" if white else "#12324a" if bold else "#000000"
            return ParagraphStyle("", fontName="FiraGO-Bold" if bold else "FiraGO", fontSize=size, leading=size * 1.34,
                                  spaceAfter=6, textColor=colour)

        self.styles = {"h1": style(24, True), "h2": style(16, True), "h3": style(12.5, True), "lead": style(14),
                       "p": style(12.5), "small": style(10), "head": style(12.5, True, True)}

    def make(self, data: str) -> bytes:
        import io
        import json
        from xml.sax.saxutils import escape

        from reportlab.lib.pagesizes import A4
        from reportlab.lib.units import mm
        from reportlab.platypus import Paragraph, SimpleDocTemplate, Table, TableStyle

        article = json.loads(data)

        def text(style: str, words: str) -> Paragraph:
            return Paragraph(escape(words), self.styles[style])

        story = [text("h1", article["title"]), text("lead", article["summary"]),
                 text("small", f"{article['author']} · {article['published']}"), text("p", article["introduction"])]
        for section in article["sections"]:
            story.append(text("h2", section["heading"]))
            if section["text"]:
                story.append(text("p", section["text"]))
            if section["table"]:
                rows = [[text("head", cell) for cell in section["table"]["columns"]]]
                rows += [[text("p", cell) for cell in row] for row in section["table"]["rows"]]
                lines = TableStyle([("BACKGROUND", (0, 0), (-1, 0), "#12324a"),
                                    ("LINEBELOW", (0, 0), (-1, -1), 0.5, "#12324a"),
                                    ("VALIGN", (0, 0), (-1, -1), "TOP")])
                story += [Table(rows, [54 * mm] * 3, repeatRows=1, style=lines),
                          text("small", section["table"]["note"])]
        story.append(text("h2", article["questions"]["heading"]))
        for one in article["questions"]["items"]:
            story += [text("h3", one["question"]), text("p", one["answer"])]
        story += [text("h2", article["disclaimer"]["heading"]), text("small", article["disclaimer"]["text"]),
                  text("small", f"Medically reviewed by: {article['reviewer']}"),
                  text("small", article["audience_note"])]

        def footer(canvas, document) -> None:
            canvas.setFont("FiraGO", 9)
            canvas.drawString(24 * mm, 9 * mm, article.get("recipient") or article["publisher"])
            canvas.drawRightString(186 * mm, 9 * mm, str(document.page))

        out = io.BytesIO()
        document = SimpleDocTemplate(out, pagesize=A4, leftMargin=24 * mm, rightMargin=24 * mm, topMargin=14 * mm,
                                     bottomMargin=19 * mm, title=article["title"], author=article["author"])
        document.build(story, onFirstPage=footer, onLaterPages=footer)
        return out.getvalue()


ENGINES = {"typst": Typst, "plutoprint": PlutoPrint, "platypus": Platypus, "weasyprint": WeasyPrint}


def main() -> None:
    engine = ENGINES[sys.argv[1]](sys.argv[2])
    if len(sys.argv) > 3:
        with open(sys.argv[3], encoding="utf-8") as stream:
            data = stream.read()
        with open(sys.argv[4], "wb") as out:
            out.write(engine.make(data))
        return
    from answering import answer

    answer(engine.make)


if __name__ == "__main__":
    main()
