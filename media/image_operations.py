"""Operations on pictures beside Wagtail's own."""

from wagtail.images.image_operations import FillOperation, WidthHeightOperation


class FramedOperation(FillOperation):
    """
    `framed-800x800`: as wide as asked and whole, but never taller in proportion.

    A phone held upright makes pictures taller than a screen: those are cut around their focal point.
    Anything wider, such as a drawing, loses nothing.
    """

    def run(self, transform, image):
        width, height = transform.size
        if height * self.width > width * self.height:
            return super().run(transform, image)
        return WidthHeightOperation("width", str(self.width)).run(transform, image)
