extension Report.Figure.Content {
  /// The figure's numbers in rows, for those who do not see the plot.
  var table: Table {
    switch self {
    case .table(let table): table
    case .plot(let plot): plot.table
    case .strips(let plot): plot.table
    case .graph(let graph): graph.table
    }
  }
}

extension Plot {
  /// A row for each x, a column for each series.
  fileprivate var table: Table {
    let places = Set(series.flatMap { $0.points.map(\.x) }).sorted()
    let values = series.map { series in
      Dictionary(series.points.map { ($0.x, $0.y) }) { first, _ in first }
    }
    return Table(
      [.number(x.title)] + series.map { .number("\($0.name), \(y.title)") },
      rows: places.map { x in [.number(x)] + values.map { Table.Cell($0[x]) } })
  }
}

extension StripPlot {
  /// A row for each strip: how many points, quartiles, and the ends.
  fileprivate var table: Table {
    Table(
      [
        Table.Column(""), Table.Column(rowLabel), Table.Column("from"), .number("points"),
        .number("least"), .number("median, \(axis.title)"), .number("greatest"),
      ],
      rows: groups.flatMap { group in
        group.strips.map { strip in
          let sorted = strip.values.sorted()
          return [
            .text(group.name), .text(strip.row),
            .text(sources.indices.contains(strip.source) ? sources[strip.source] : ""),
            .integer(sorted.count), Table.Cell(sorted.first), Table.Cell(strip.median),
            Table.Cell(sorted.last),
          ]
        }
      })
  }
}

extension StripPlot.Strip {
  /// The middle one, or the mean of the two in the middle; nil without points.
  var median: Double? {
    let sorted = values.map { $0.isNaN ? .infinity : $0 }.sorted()
    guard !sorted.isEmpty else { return nil }
    let middle = sorted.count / 2
    if !sorted.count.isMultiple(of: 2) || sorted[middle - 1] == sorted[middle] {
      return sorted[middle]
    }
    return (sorted[middle - 1] + sorted[middle]) / 2
  }
}

extension GraphDrawing {
  fileprivate var table: Table {
    Table(
      [.number("node"), Table.Column("name"), Table.Column("does"), Table.Column("reads")],
      rows: nodes.enumerated().map { position, node in
        [
          .integer(position), .text(node.name),
          .text(node.operation + (node.detail.isEmpty ? "" : " " + node.detail)),
          .text(node.inputs.map(String.init).joined(separator: ", ")),
        ]
      })
  }

  /// A line for each node.
  var list: [String] {
    nodes.enumerated().map { position, node in
      let detail = node.detail.isEmpty ? "" : "  \(node.detail)"
      let inputs = node.inputs.map(String.init).joined(separator: ", ")
      return "\(position)  \(node.name) = \(node.operation)(\(inputs))\(detail)".clipped(200)
    }
  }
}
