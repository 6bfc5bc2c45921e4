"""Reading the files of starter/content/."""

import tomllib


class StarterError(Exception):
    """A starter text that cannot be loaded; the message names its file and the key at fault."""


class Entry(dict):
    """Data of a file that know which of their keys were read: one that nobody reads is a typing error."""

    def __init__(self, data):
        super().__init__({key: _entries(value) for key, value in data.items()})
        self._unread = set(self)

    def __getitem__(self, key):
        self._unread.discard(key)
        return super().__getitem__(key)

    def get(self, key, default=None):
        self._unread.discard(key)
        return super().get(key, default)

    def unread(self):
        """The keys that were not read, here and below."""
        below = [entry for value in self.values() for entry in (value if isinstance(value, list) else [value])]
        return sorted(self._unread) + [key for entry in below if isinstance(entry, Entry) for key in entry.unread()]


def _entries(value):
    """The value with each dict in it made an Entry."""
    if isinstance(value, list):
        return [_entries(item) for item in value]
    return Entry(value) if isinstance(value, dict) else value


class ContentReader:
    """Reads the files of a content folder, and knows which one it reads, for messages."""

    def __init__(self, content):
        self.content = content
        self.files = {}  # name -> data
        self.file = None  # the file being read

    def error(self, message):
        return StarterError(f"{self.file}: {message}")

    def read(self, name):
        """The data of a file of the content folder."""
        self.file = name
        try:
            data = Entry(tomllib.loads((self.content / name).read_text(encoding="utf-8")))
        except (OSError, ValueError) as error:
            raise self.error(error) from error
        self.files[name] = data
        return data

    def find(self, records, key, kind):
        if key not in records:
            raise self.error(f"there is no {kind} “{key}”")
        return records[key]
