import Testing

@testable import Reports

@Suite("Drawings")
struct DrawingTests {
  @Test(
    "print numbers for people",
    arguments: [
      (0, "0"), (1, "1"), (-2.5, "-2.5"), (1234.56, "1235"), (123456, "123500"),
      (1_234_567, "1.235e6"), (0.001, "0.001"), (0.00012345, "1.235e-4"), (9.99996, "10"),
      (1e10, "1e10"), (1.9073486328125e-6, "1.907e-6"), (.leastNonzeroMagnitude, "5e-324"),
      (0.99999, "1"),
      (999_999.9, "1e6"), (100, "100"), (1e-3, "0.001"), (.infinity, "∞"), (.nan, "NaN"),
    ])
  func shown(number: Double, text: String) { #expect(number.shown == text) }

  @Test("are files of their own, with their style and their data within")
  func file() {
    let points = [Plot.Point(1, 1), Plot.Point(10, 100)]
    let plot = Plot(
      "growth & <more>", x: Axis("x", .log(base: 10)), y: Axis("y", .log(base: 10)),
      series: [Plot.Series("a series", .line, hue: 0, points)])
    let file = plot.svgFile(named: "growth")
    #expect(file.hasPrefix("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox="))
    #expect(file.contains("<style>") && file.contains("growth &amp; &lt;more&gt;"))
    #expect(file.contains("a series") && file.hasSuffix("</svg>\n"))
  }

  @Test("have logarithms that are right")
  func logarithms() {
    #expect((8.0).log2 == 3)
    #expect(((10.0).log2 - 3.321928094887362).magnitude < 1e-12)
    #expect(((1e-300).log(base: 10) + 300).magnitude < 1e-9)
    #expect(((1.9999999).log2 - 0.9999999278652).magnitude < 1e-9)
  }

  @Test("give zero and infinity places of their own on a logarithmic axis")
  func shelves() throws {
    let scale = Scale(Axis("e", .log(base: 10)), [0, 1e-9, 1e-3, .infinity], from: 200, to: 0)
    let places = try [0, 1e-9, 1e-6, 1e-3, .infinity].map { try #require(scale.position($0)) }
    #expect(places == places.sorted(by: >))
    #expect(places[0] == 200 && places[4] == 0)
    #expect((places[1] - 182).magnitude < 1e-6 && (places[3] - 18).magnitude < 1e-6)
    #expect(scale.position(-1) == nil && scale.position(.nan) == nil)
    #expect(scale.ticks(6).map(\.label).first == "0")
    #expect(scale.ticks(6).map(\.label).last == "∞")
  }

  @Test("have ticks inside of the axis, few and ascending", arguments: [1e-12, 1e-3, 1, 7, 1e9])
  func ticks(span: Double) {
    for scale in [Axis.Scale.linear, .log(base: 10), .log(base: 2)] {
      let axis = Scale(Axis("x", scale), [span, span * 3.3], from: 0, to: 100)
      let ticks = axis.ticks(6)
      #expect(2...10 ~= ticks.count, "\(scale) \(ticks)")
      #expect(ticks.allSatisfy { -0.01...100.01 ~= $0.position }, "\(scale) \(ticks)")
      #expect(zip(ticks, ticks.dropFirst()).allSatisfy { $0.position < $1.position })
      #expect(Set(ticks.map(\.label)).count == ticks.count)
    }
  }

  @Test("place everything, even what is alone, absent or no number")
  func degenerate() {
    for values in [[], [0], [1], [.infinity], [.nan], [-1], [0, .infinity], [5, 5]] as [[Double]] {
      for scale in [Axis.Scale.linear, .log(base: 10)] {
        let points = values.map { Plot.Point($0, $0) }
        let marks: [Plot.Mark] = [.line, .steps, .band, .points]
        let plot = Plot(
          "t", x: Axis("x", scale), y: Axis("y", scale),
          series: marks.map { Plot.Series("s", $0, hue: 1, points) })
        let text = plot.drawing(named: "f").svg().text
        #expect(!text.contains("nan") && !text.contains("inf\""))
        let strips = StripPlot(
          "t", axis: Axis("x", scale), rowLabel: "r", sources: ["a"],
          groups: [.init("g", [.init("r", source: 0, values), .init("q", source: 3, values)])])
        #expect(strips.drawing(named: "f").svg().text.contains("</svg>"))
      }
    }
  }

  @Test("put each node below what it reads, none over another")
  func layers() throws {
    var state: UInt64 = 5
    func random(_ bound: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(state >> 33) % bound
    }
    for size in [1, 2, 5, 40, 120] {
      let inputs = (0..<size).map { node in
        node == 0 ? [] : (0...random(3)).map { _ in max(0, node - 1 - random(12)) }
      }.enumerated().map { node, sources in sources.filter { $0 < node } }
      let widths = (0..<size).map { _ in Double(30 + random(80)) }
      let layout = try #require(LayeredLayout(widths: widths, inputs: inputs))
      for (node, sources) in inputs.enumerated() {
        for source in sources { #expect(layout.places[source].layer < layout.places[node].layer) }
      }
      for layer in 0..<layout.layerCount {
        let row = (0..<size).filter { layout.places[$0].layer == layer }
          .sorted { layout.places[$0].x < layout.places[$1].x }
        for (left, right) in zip(row, row.dropFirst()) {
          let room = layout.places[right].x - layout.places[left].x
          #expect(room >= (widths[left] + widths[right]) / 2 + 15.9)
        }
      }
      #expect(layout.places.enumerated().allSatisfy { $1.x - widths[$0] / 2 >= -1e-6 })
      #expect(
        layout.places.enumerated().allSatisfy { $1.x + widths[$0] / 2 <= layout.width + 1e-6 })
    }
  }

  @Test("leave no crossing where none is needed")
  func crossings() throws {
    // Two chains whose second nodes are listed the wrong way round.
    let layout = try #require(
      LayeredLayout(widths: [20, 20, 20, 20], inputs: [[], [], [1], [0]]))
    let order = layout.places
    #expect((order[0].x < order[1].x) == (order[3].x < order[2].x))
  }

  @Test("refuse graphs that would take too long")
  func tooLarge() {
    let inputs = (0..<400).map { node in node == 0 ? [] : Array(Set([0, node / 2, node - 1])) }
    #expect(LayeredLayout(widths: Array(repeating: 20, count: 400), inputs: inputs) == nil)
  }
}
