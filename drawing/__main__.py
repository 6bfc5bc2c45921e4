"""`python -m drawing` writes every drawing; it names those that changed."""

from drawing.files import photographs, texts, write

write(texts())
write(photographs())
