"""robots.txt: which crawlers are asked to stay away."""

from delivery.json_ld import absolute
from seo.models import CrawlerSettings

# By what they do with what they read, as their makers say.
SEARCH_CRAWLERS = [
    "Googlebot",
    "Bingbot",
    "DuckDuckBot",
    "Applebot",
    "YandexBot",
    "OAI-SearchBot",
    "Claude-SearchBot",
    "PerplexityBot",
]
TRAINING_CRAWLERS = [
    "GPTBot",
    "ClaudeBot",
    "Google-Extended",
    "Applebot-Extended",
    "Amazonbot",
    "Bytespider",
    "CCBot",
    "Meta-ExternalAgent",
]
ASSISTANT_CRAWLERS = [
    "ChatGPT-User",
    "Claude-User",
    "DuckAssistBot",
    "Meta-ExternalFetcher",
    "MistralAI-User",
    "Perplexity-User",
]


def robots_txt(settings: CrawlerSettings) -> str:
    """The file, by the switches of `CrawlerSettings`; unknown crawlers count as search engines."""
    groups = [
        (SEARCH_CRAWLERS, settings.allows_search),
        (TRAINING_CRAWLERS, settings.allows_training),
        (ASSISTANT_CRAWLERS, settings.allows_assistants),
        (["*"], settings.allows_search),
    ]
    lines = []
    for names, allowed in groups:
        lines += [f"User-agent: {name}" for name in names]
        lines += ["Disallow: /admin/" if allowed else "Disallow: /", ""]
    return "\n".join([*lines, f"Sitemap: {absolute('/sitemap.xml')}", ""])
