"""The newest picture of each scene and source, for QML's `image://live/…`."""

import threading

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QImage
from PySide6.QtQuick import QQuickImageProvider

MOST_PICTURES = 96


class Pictures:
    """Holds JPEGs by name. May be filled from any thread."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._held: dict[str, bytes] = {}

    def put(self, name: str, jpeg: bytes | None) -> None:
        """Keep a picture; None forgets the one that was. The oldest give way."""
        with self._lock:
            self._held.pop(name, None)
            if jpeg is not None:
                self._held[name] = jpeg
                while len(self._held) > MOST_PICTURES:
                    del self._held[next(iter(self._held))]

    def get(self, name: str) -> bytes | None:
        """The newest picture of `name`."""
        with self._lock:
            return self._held.get(name)


class LiveImages(QQuickImageProvider):
    """Decodes a held JPEG when QML asks for `image://live/<number>/<name in hexadecimal>`."""

    def __init__(self, pictures: Pictures) -> None:
        super().__init__(QQuickImageProvider.ImageType.Image)
        self._pictures = pictures

    def requestImage(self, name: str, size: QSize, requested: QSize) -> QImage:  # noqa: N802  (Qt's name)
        """The picture, no larger than asked for; one black pixel when there is none."""
        jpeg = self._pictures.get(bytes.fromhex(name.rpartition("/")[2]).decode())
        image = QImage.fromData(jpeg) if jpeg else QImage()
        if image.isNull():
            image = QImage(1, 1, QImage.Format.Format_RGB32)
            image.fill(Qt.GlobalColor.black)
        elif 0 < requested.width() < image.width():
            image = image.scaledToWidth(requested.width(), Qt.TransformationMode.FastTransformation)
        size.setWidth(image.width())
        size.setHeight(image.height())
        return image
