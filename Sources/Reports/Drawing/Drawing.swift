/// A picture in SVG, before it is printed.
struct Drawing {
  let width: Double
  let height: Double

  /// The id of the element; ids of its title and its description are made from it.
  let name: String

  /// What readers of screens say first, and then.
  let title: String
  let description: String
  let content: [Markup]

  /// Wider than a page: it scrolls instead of shrinking.
  var isWide = false

  func svg() -> Markup {
    var attributes: [(name: String, value: String)] = [
      ("viewBox", "0 0 \(width.pixels) \(height.pixels)"), ("role", "img"),
      ("aria-labelledby", "\(name)-title \(name)-description"),
    ]
    if isWide {
      attributes += [("width", width.pixels), ("height", height.pixels)]
    }
    return .element(
      "svg", attributes,
      [
        .tag("title", ["id": "\(name)-title"], title.clipped(300)),
        .tag("desc", ["id": "\(name)-description"], description.clipped(1_000)),
      ] + content)
  }
}

extension Double {
  /// To a tenth, as short as possible.
  var pixels: String {
    guard isFinite, magnitude < 1e7 else { return "0" }
    let tenths = Int((self * 10).rounded())
    if tenths.isMultiple(of: 10) { return "\(tenths / 10)" }
    let sign = tenths < 0 ? "-" : ""
    return "\(sign)\(tenths.magnitude / 10).\(tenths.magnitude % 10)"
  }
}

extension Markup {
  static func label(
    _ text: String, _ x: Double, _ y: Double, anchor: String = "start", kind: String = "",
    turned: Bool = false
  ) -> Markup {
    var attributes: [(name: String, value: String)] = [("x", x.pixels), ("y", y.pixels)]
    if anchor != "start" { attributes.append(("text-anchor", anchor)) }
    if !kind.isEmpty { attributes.append(("class", kind)) }
    if turned { attributes.append(("transform", "rotate(-90 \(x.pixels) \(y.pixels))")) }
    return .element("text", attributes, [.text(text)])
  }

  static func path(_ data: String, _ kind: String, dashes: String? = nil) -> Markup {
    var attributes: [(name: String, value: String)] = [("class", kind), ("d", data)]
    if let dashes { attributes.append(("stroke-dasharray", dashes)) }
    return .element("path", attributes, [])
  }
}

/// How series differ: by hue, by dashes and by the shape of points, each alone enough.
enum SeriesStyle {
  static let count = 6

  static func hue(_ index: Int) -> Int { ((index % count) + count) % count }

  /// Nil for a line without gaps.
  static func dashes(_ index: Int) -> String? {
    [nil, "7 3", "2 3.5", "9 3 2 3", "4 2", "1 2.5"][hue(index)]
  }

  /// A point's outline around `x`, `y`.
  static func point(_ index: Int, _ x: Double, _ y: Double) -> String {
    let r = 3.4
    func corners(_ offsets: [(Double, Double)]) -> String {
      let places = offsets.map { "\((x + $0.0 * r).pixels) \((y + $0.1 * r).pixels)" }
      return "M" + places.joined(separator: "L") + "Z"
    }
    switch hue(index) {
    case 0:
      return "M\((x - r).pixels) \(y.pixels)a\(r.pixels) \(r.pixels) 0 1 0 \((2 * r).pixels) 0"
        + "a\(r.pixels) \(r.pixels) 0 1 0 \((-2 * r).pixels) 0Z"
    case 1: return corners([(-0.9, -0.9), (0.9, -0.9), (0.9, 0.9), (-0.9, 0.9)])
    case 2: return corners([(0, -1.25), (1.15, 0.85), (-1.15, 0.85)])
    case 3: return corners([(0, -1.3), (1.3, 0), (0, 1.3), (-1.3, 0)])
    case 4: return corners([(0, 1.25), (1.15, -0.85), (-1.15, -0.85)])
    default:
      return "M\((x - r).pixels) \((y - r).pixels)l\((2 * r).pixels) \((2 * r).pixels)"
        + "M\((x - r).pixels) \((y + r).pixels)l\((2 * r).pixels) \((-2 * r).pixels)"
    }
  }
}
