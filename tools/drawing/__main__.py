"""`python -m tools.drawing` writes every drawing; it names those that changed."""

from tools.drawing.files import encoded, icons, photographs, texts, write

write(texts())
write({name: encoded(name, pictures) for name, pictures in icons().items()})
write(photographs())
