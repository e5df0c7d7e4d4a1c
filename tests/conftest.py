"""What all tests share: hypothesis without time limits, since a test measures no speed."""

from hypothesis import settings

settings.register_profile("project", deadline=None, print_blob=True)
settings.load_profile("project")
