extension GraphDrawing {
  private static let boxHeight = 34.0
  private static let layerHeight = 62.0
  private static let margin = 8.0

  /// Nil if the graph is too large to draw.
  func drawing(named name: String) -> Drawing? {
    guard !nodes.isEmpty, nodes.count <= 2_000,
      let layout = LayeredLayout(widths: nodes.map(\.width), inputs: nodes.map(\.inputs))
    else { return nil }
    let margin = GraphDrawing.margin
    let edges = layout.edges.map { edge in
      Markup.path(
        GraphDrawing.curve(edge.xs.map { $0 + margin }, from: layout.places[edge.source].layer),
        "edge")
    }
    let arrows = layout.edges.map { edge in
      let x = (edge.xs.last ?? 0) + margin
      let y = GraphDrawing.top(layout.places[edge.target].layer)
      return "M\(x.pixels) \(y.pixels)l-3 -6h6Z"
    }.joined()
    let boxes = nodes.enumerated().flatMap { position, node in
      node.markup(
        x: layout.places[position].x + margin, y: GraphDrawing.top(layout.places[position].layer),
        height: GraphDrawing.boxHeight, isOutput: position == nodes.count - 1)
    }
    let width = max(layout.width + 2 * margin, 120)
    let height =
      Double(layout.layerCount - 1) * GraphDrawing.layerHeight + GraphDrawing.boxHeight + 2 * margin
    var content = edges
    if !arrows.isEmpty { content.append(.path(arrows, "arrow")) }
    return Drawing(
      width: width, height: height, name: name, title: title, description: description,
      content: content + boxes, isWide: true)
  }

  private static func top(_ layer: Int) -> Double { margin + Double(layer) * layerHeight }

  /// From below a box down to above another.
  private static func curve(_ xs: [Double], from layer: Int) -> String {
    var path = ""
    for index in xs.indices.dropLast() {
      let isFirst = index == 0
      let start = isFirst ? top(layer) + boxHeight : top(layer + index) + boxHeight / 2
      let end =
        index + 2 == xs.count ? top(layer + index + 1) - 5 : top(layer + index + 1) + boxHeight / 2
      let middle = (start + end) / 2
      if isFirst { path += "M\(xs[index].pixels) \(start.pixels)" }
      path +=
        "C\(xs[index].pixels) \(middle.pixels) \(xs[index + 1].pixels) \(middle.pixels) "
        + "\(xs[index + 1].pixels) \(end.pixels)"
    }
    return path
  }

  private var description: String {
    "A graph of \(nodes.count) nodes. "
      + list.prefix(20).joined(separator: "; ") + (nodes.count > 20 ? "; …" : "")
  }
}

extension GraphDrawing.Node {
  private static let longestLine = 26

  fileprivate var lines: [String] {
    [name, operation].map { $0.visible.onOneLine.clipped(GraphDrawing.Node.longestLine) }
  }

  fileprivate var width: Double {
    max(44, Double(lines.map(\.count).max() ?? 0) * 6.2 + 16)
  }

  fileprivate func markup(x: Double, y: Double, height: Double, isOutput: Bool) -> [Markup] {
    let corner = kind == .input || isOutput ? height / 2 : kind == .state ? 0 : 4
    let shape: [(name: String, value: String)] = [
      ("class", "box \(isOutput ? "output" : kind.rawValue)"), ("x", (x - width / 2).pixels),
      ("y", y.pixels), ("width", width.pixels), ("height", height.pixels), ("rx", corner.pixels),
    ]
    let whole = "\(name) = \(operation)\(detail.isEmpty ? "" : " " + detail)".clipped(400)
    return [
      .tag(
        "g",
        [
          .tag("title", whole), .element("rect", shape, []),
          .label(lines[0], x, y + 14, anchor: "middle"),
          .label(lines[1], x, y + 27, anchor: "middle", kind: "small"),
        ])
    ]
  }
}
