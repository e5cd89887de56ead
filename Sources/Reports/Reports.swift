// Reports: JSON first; Markdown, HTML and SVG are views of it.
