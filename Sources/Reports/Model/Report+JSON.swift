import ExactJSON

extension Report {
  public static let schema = "lsrl-check/report/1"

  /// All that the report says, with every point of every plot.
  public var json: JSONValue {
    var number = 0
    return [
      "schema": .string(Report.schema), "producer": .string(producer), "kind": .string(kind),
      "title": .string(title), "summary": .string(summary),
      "verdicts": .array(
        verdicts.map {
          [
            "outcome": .string($0.outcome.rawValue), "claim": .string($0.claim),
            "detail": .string($0.detail),
          ]
        }),
      "sections": .array(
        sections.map { section in
          let blocks = section.blocks.map { block -> JSONValue in
            switch block {
            case .text(let text): return ["kind": "text", "text": .string(text)]
            case .figure(let figure):
              number += 1
              return figure.json(number: number)
            }
          }
          return ["title": .string(section.title), "blocks": .array(blocks)]
        }),
    ]
  }
}

extension Report.Figure {
  fileprivate func json(number: Int) -> JSONValue {
    let (kind, members) = content.json
    return .object(
      [
        .init("kind", .string(kind)), .init("number", JSONValue(number)),
        .init("caption", .string(caption)), .init("command", .string(command)),
        .init("seed", seed.map { .number("\($0)") } ?? .null),
      ] + members)
  }
}

extension Report.Figure.Content {
  fileprivate var json: (kind: String, members: [JSONValue.Member]) {
    switch self {
    case .table(let table): ("table", table.members)
    case .plot(let plot): ("plot", plot.members)
    case .strips(let plot): ("strips", plot.members)
    case .graph(let graph): ("graph", graph.members)
    }
  }
}

extension Table {
  fileprivate var members: [JSONValue.Member] {
    [
      .init("columns", .array(columns.map { .string($0.title) })),
      .init("rows", .array(rows.map { .array($0.map(\.json)) })),
    ]
  }
}

extension Table.Cell {
  fileprivate var json: JSONValue {
    switch self {
    case .text(let text): .string(text)
    case .number(let number): JSONValue(number)
    case .integer(let number): JSONValue(number)
    case .verdict(let outcome): .string(outcome.rawValue)
    case .none: .null
    }
  }
}

extension Axis {
  fileprivate var json: JSONValue {
    var members: [JSONValue.Member] = [.init("label", .string(label))]
    if let unit { members.append(.init("unit", .string(unit))) }
    switch scale {
    case .linear: members.append(.init("scale", "linear"))
    case .log(let base):
      members += [.init("scale", "log"), .init("base", JSONValue(base))]
    }
    return .object(members)
  }
}

extension Plot {
  fileprivate var members: [JSONValue.Member] {
    [
      .init("title", .string(title)), .init("x", x.json), .init("y", y.json),
      .init(
        "series",
        .array(
          series.map { series in
            [
              "name": .string(series.name), "mark": .string(series.mark.rawValue),
              "hue": JSONValue(series.hue),
              "points": .array(series.points.map { [JSONValue($0.x), JSONValue($0.y)] }),
            ]
          })),
      .init("levels", .array(levels.map { ["name": .string($0.name), "y": JSONValue($0.y)] })),
    ]
  }
}

extension StripPlot {
  fileprivate var members: [JSONValue.Member] {
    [
      .init("title", .string(title)), .init("axis", axis.json), .init("row", .string(rowLabel)),
      .init("sources", .array(sources.map { .string($0) })),
      .init(
        "groups",
        .array(
          groups.map { group in
            [
              "name": .string(group.name),
              "strips": .array(
                group.strips.map { strip in
                  [
                    "row": .string(strip.row), "source": JSONValue(strip.source),
                    "values": .array(strip.values.map { JSONValue($0) }),
                  ]
                }),
            ]
          })),
    ]
  }
}

extension GraphDrawing {
  fileprivate var members: [JSONValue.Member] {
    [
      .init("title", .string(title)),
      .init(
        "nodes",
        .array(
          nodes.map { node in
            [
              "name": .string(node.name), "operation": .string(node.operation),
              "kind": .string(node.kind.rawValue), "detail": .string(node.detail),
              "inputs": .array(node.inputs.map { JSONValue($0) }),
            ]
          })),
    ]
  }
}
