"""Starter texts as few as the loader takes, for tests of what is loaded rather than of the clinic's own texts."""

# {file: text}
SMALL = {
    "topics.toml": """
        [[topic]]
        name = "Your visit"
        slug = "your-visit"
        introduction = "<p>How to get ready.</p>"
        """,
    "references.toml": """
        [[reference]]
        key = "zarate-2006"
        authors = "Zarate CA Jr et al."
        title = "A randomized trial"
        container = "J Test"
        year = 2006
        doi = "10.1000/182"
        """,
    "facts.toml": """
        [[fact]]
        key = "session-length"
        name = "Length of an infusion"
        value = "about 40 minutes"
        kind = "rule"
        source_note = ""
        todo = "For pain, too?"

        [[fact]]
        key = "response"
        name = "Response in research"
        value = "above 70%"
        kind = "result"
        sample_size = "18 people"
        source_note = "from published research"
        reference = "zarate-2006"
        """,
    "pages/home.toml": """
        title = "Innerbloom"
        summary = "Where it begins."
        hero_heading = "Infusions"
        related = ["faq/how-long"]

        [[doors]]
        title = "Is it right for me?"
        text = "Whom it is for."
        page = "treatment"
        """,
    "pages/treatment.toml": """
        title = "Treatment"
        slug = "treatment"
        summary = "What we do."
        clinical = true

        [[body]]
        type = "paragraph"
        value = '<p>Lasts <fact key="session-length"/>. <a page="faq/how-long">How</a>.<ref key="zarate-2006"/></p>'

        [[body]]
        type = "figure"
        picture = "room"
        alt = "A quiet room"
        caption = "Where you rest"
        """,
    "pages/what-to-expect.toml": 'title = "What to expect"\nslug = "what-to-expect"\nsummary = "The day."',
    "pages/terms.toml": 'title = "Terms"\nslug = "terms"\nsummary = "Our terms."\nlegal_role = "terms"',
    "pages/faq.toml": 'title = "Questions"\nslug = "faq"\nsummary = "Answers."',
    "pages/blog.toml": 'title = "Articles"\nslug = "blog"\nsummary = "Longer texts."',
    "pages/visit.toml": 'title = "Visit"\nslug = "visit"\nsummary = "The way."',
    "faq/01-how-long.toml": """
        question = "How long is a session?"
        slug = "how-long"
        topic = "your-visit"
        summary = "It depends."
        short_answer = '<p>Well, <fact key="session-length"/>.</p>'
        patients_words = ["duration", "how many minutes"]
        related = []
        """,
    "faq/drafts.toml": """
        [[draft]]
        question = "How much is it?"
        slug = "how-much"
        topic = "your-visit"
        """,
    "blog/guide.toml": """
        title = "A guide"
        slug = "guide"
        summary = "All about it."
        topics = ["your-visit"]
        key_points = ["Bring a friend."]
        clinical = false
        related = ["faq/how-long"]
        """,
}


def write(folder):
    """Write the files into a new folder."""
    for name, text in SMALL.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
