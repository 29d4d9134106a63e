"""The book from executed notebooks: HTML and PDF, by Quarto or by the built-in Pandoc and Typst renderer."""

from itabook.publish.errors import PublishError
from itabook.publish.publish import Published, publish
from itabook.publish.quarto import Quarto, find_quarto

__all__ = ["PublishError", "Published", "Quarto", "find_quarto", "publish"]
