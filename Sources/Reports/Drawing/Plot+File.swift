extension Plot {
  /// The plot as a file of its own: SVG with our style within.
  public func svgFile(named name: String) -> String {
    guard case .element(let tag, let attributes, let content) = drawing(named: name).svg() else {
      return ""
    }
    let file = Markup.element(
      tag, [("xmlns", "http://www.w3.org/2000/svg")] + attributes,
      [.style(Stylesheet.text)] + content)
    return file.text
  }
}
