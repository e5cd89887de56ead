extension Report {
  /// What our own pages contain, to know them by.
  public static let htmlSign = "<meta name=\"generator\" content=\"lsrl-check report\"/>"

  /// No page is larger: larger reports show less, and say so. `json` has everything.
  public static let largestPage = 1_000_000

  /// How much of long tables, texts and drawings a page shows.
  struct Detail {
    var rows = 400
    var dataRows = 80
    var nodes = 300
    var textLength = 6_000
    var verdicts = 200
    var showsFigures = true

    /// From all to least.
    static let levels: [Detail] = [
      Detail(), Detail(rows: 100, dataRows: 0, nodes: 150, textLength: 2_000),
      Detail(rows: 20, dataRows: 0, nodes: 60, textLength: 500, verdicts: 100),
      Detail(
        rows: 0, dataRows: 0, nodes: 0, textLength: 300, verdicts: 50, showsFigures: false),
    ]
  }

  /// One page that needs nothing else: no network, no scripts.
  public var html: String {
    var page = ""
    for detail in Detail.levels {
      page = html(detail)
      if page.utf8.count <= Report.largestPage { break }
    }
    return page
  }

  private func html(_ detail: Detail) -> String {
    let sections = detail.showsFigures ? pageSections(detail) : [Markup.leftOut]
    let page = Markup.element(
      "html", [("lang", "en")],
      [
        .tag(
          "head",
          [
            .tag("meta", ["charset": "utf-8"], []),
            .tag("meta", ["name": "generator", "content": "lsrl-check report"], []),
            .tag(
              "meta", ["name": "viewport", "content": "width=device-width, initial-scale=1"], []),
            .tag(
              "meta",
              [
                "http-equiv": "Content-Security-Policy",
                "content": "default-src 'none'; style-src 'unsafe-inline'",
              ], []),
            .tag("meta", ["name": "color-scheme", "content": "light dark"], []),
            .tag("title", title.clipped(200)), .style(Stylesheet.text),
          ]),
        .tag("body", [.tag("main", [header(detail)] + sections + [footer])]),
      ])
    return "<!DOCTYPE html>\n" + page.text + "\n"
  }

  private func header(_ detail: Detail) -> Markup {
    var parts: [Markup] = [.tag("h1", title.clipped(200))]
    if !summary.isEmpty { parts.append(.tag("p", summary.clipped(detail.textLength))) }
    let shown = verdicts.prefix(detail.verdicts)
    var items = shown.map { verdict in
      Markup.tag(
        "li", ["class": verdict.outcome.rawValue],
        [
          .tag("strong", ["class": "outcome"], verdict.outcome.shown), .text(" "),
          .tag("span", ["class": "claim"], verdict.claim.clipped(detail.textLength)),
        ]
          + (verdict.detail.isEmpty
            ? []
            : [.tag("span", ["class": "detail"], verdict.detail.clipped(detail.textLength))]))
    }
    if shown.count < verdicts.count {
      items.append(.tag("li", "… and \(verdicts.count - shown.count) more in report.json."))
    }
    if !items.isEmpty { parts.append(.tag("ul", ["class": "verdicts"], items)) }
    return .tag("header", parts)
  }

  private func pageSections(_ detail: Detail) -> [Markup] {
    var number = 0
    return sections.map { section in
      .tag(
        "section",
        [.tag("h2", section.title.clipped(200))]
          + section.blocks.map { block in
            switch block {
            case .text(let text): return .tag("p", text.clipped(detail.textLength))
            case .figure(let figure):
              number += 1
              return figure.markup(number: number, detail)
            }
          })
    }
  }

  private var footer: Markup {
    .tag(
      "footer",
      [.tag("p", "Written by \(producer). report.json has every number of this page.")])
  }
}

extension Markup {
  fileprivate static var leftOut: Markup {
    .tag("p", "This report is too large for a page. Its figures are in report.json.")
  }
}

extension Report.Figure {
  fileprivate func markup(number: Int, _ detail: Report.Detail) -> Markup {
    let name = "figure-\(number)"
    var parts: [Markup] = [
      .tag(
        "figcaption", ["id": "\(name)-caption"],
        [.tag("strong", "\(content.word) \(number)."), .text(" " + caption.clipped(1_000))])
    ]
    switch content {
    case .table(let table): parts.append(table.markup(rows: detail.rows, in: name))
    case .plot(let plot): parts.append(.drawing(plot.drawing(named: name)))
    case .strips(let plot): parts.append(.drawing(plot.drawing(named: name)))
    case .graph(let graph):
      if graph.nodes.count <= detail.nodes, let drawing = graph.drawing(named: name) {
        parts.append(.drawing(drawing))
      } else {
        parts.append(
          .tag(
            "p", "\(graph.nodes.count) nodes are too many to draw; report.json has them all."))
      }
    }
    if detail.dataRows > 0, content.hasTable {
      let table = content.table.markup(rows: detail.dataRows, in: name)
      parts.append(.tag("details", [.tag("summary", "The numbers"), table]))
    }
    parts.append(
      .tag(
        "p", ["class": "again"],
        [.text("Again: "), .tag("code", command.clipped(2_000)), .text(seedNote)]))
    return .tag("figure", ["id": name], parts)
  }
}

extension Report.Figure.Content {
  /// Whether a table beside the drawing would be read.
  fileprivate var hasTable: Bool {
    switch self {
    case .table: false
    case .plot(let plot): plot.series.allSatisfy { $0.points.count <= 2_000 }
    case .strips, .graph: true
    }
  }
}

extension Markup {
  fileprivate static func drawing(_ drawing: Drawing) -> Markup {
    drawing.isWide
      ? scrolling(drawing.svg(), "wide", in: drawing.name)
      : .tag("div", ["class": "drawing"], [drawing.svg()])
  }

  /// What is wider than a phone: reached by keys too, and named by the caption of its figure.
  fileprivate static func scrolling(_ content: Markup, _ kind: String, in figure: String) -> Markup
  {
    .tag(
      "div",
      [
        "class": kind, "role": "region", "tabindex": "0",
        "aria-labelledby": "\(figure)-caption",
      ], [content])
  }
}

extension Table {
  /// What is never broken into lines.
  private static let shortText = 28

  fileprivate func markup(rows count: Int, in figure: String) -> Markup {
    let shown = rows.prefix(count)
    let head = Markup.tag(
      "tr",
      columns.map { .tag("th", ["scope": "col", "class": $0.cellClass], $0.title.clipped(300)) })
    var body = shown.map { row in
      Markup.tag(
        "tr",
        zip(columns, row).map { column, cell in
          var kind = column.cellClass
          if cell.shown.count <= Table.shortText { kind += " short" }
          if case .verdict(let outcome) = cell { kind += " \(outcome.rawValue)" }
          return .tag("td", ["class": kind], cell.shown.clipped(300))
        })
    }
    if shown.count < rows.count {
      body.append(
        .tag(
          "tr",
          [
            .tag(
              "td", ["colspan": "\(max(1, columns.count))"],
              "… and \(rows.count - shown.count) more rows in report.json.")
          ]))
    }
    return .scrolling(
      .tag("table", [.tag("thead", [head]), .tag("tbody", body)]), "table", in: figure)
  }
}

extension Table.Column {
  fileprivate var cellClass: String { isNumeric ? "number" : "word" }
}
