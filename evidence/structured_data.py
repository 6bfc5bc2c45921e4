"""The sources of a page in its JSON-LD."""

from delivery.json_ld import without_empty


def source_node(reference):
    """A source as the page lists it."""
    named = {"@type": "Periodical" if reference.doi else "Organization", "name": reference.container}
    return without_empty(
        {
            "@type": "ScholarlyArticle" if reference.doi else "CreativeWork",
            "name": reference.title,
            "author": reference.authors,
            "datePublished": f"{reference.year}",
            "isPartOf" if reference.doi else "publisher": named if reference.container else None,
            "identifier": f"https://doi.org/{reference.doi}" if reference.doi else None,
            "url": reference.url,
        }
    )


def with_citations(nodes, references, citing_node):
    """The nodes; the one whose `@id` ends with `citing_node` cites `references`."""
    citing = next((node for node in nodes if node["@id"].endswith(citing_node)), None)
    if citing is None or not references:
        return nodes
    cited = {**citing, "citation": [source_node(reference) for reference in references]}
    return [cited if node is citing else node for node in nodes]
