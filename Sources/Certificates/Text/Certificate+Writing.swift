import ExactArithmetic

extension Certificate {
  /// The text form, version 3, in the one canonical layout: nodes and rows on lines of their own.
  /// Reading it back gives the same certificate, if this one is well formed.
  public var text: String {
    var writer = WordWriter()
    writer.line("\(inputBounds.count)", inputBounds.flatMap(\.words))
    writer.program(source)
    writer.program(target)
    writer.claims(of: self)
    return writer.text
  }
}

extension CertificateChain {
  /// The text form; that of the certificate, if it is one alone.
  public var text: String {
    if let single { return single.text }
    var writer = WordWriter()
    writer.line("chain", ["\(certificates.count)"])
    writer.line("\(inputBounds.count)", inputBounds.flatMap(\.words))
    writer.program(source)
    for certificate in certificates { writer.program(certificate.target) }
    for certificate in certificates { writer.claims(of: certificate) }
    return writer.text
  }
}

extension Interval {
  fileprivate var words: [String] { [lower?.description ?? "-", upper?.description ?? "-"] }
}

extension Certificate.Coordinate {
  fileprivate var words: [String] { ["\(node)", "\(place)"] }
}

private struct WordWriter {
  private(set) var text = ""

  mutating func line(_ first: String, _ words: [String]) {
    text += first
    for word in words {
      text += " "
      text += word
    }
    text += "\n"
  }

  /// What comes behind the programs.
  mutating func claims(of certificate: Certificate) {
    line("\(certificate.reads.count)", certificate.reads.flatMap(\.words))
    if !certificate.targetReads.isEmpty {
      line("also \(certificate.targetReads.count)", certificate.targetReads.flatMap(\.words))
    }
    program(certificate.coupling)
    table("", certificate.links)
    if !certificate.sourceLinks.isEmpty { table("also ", certificate.sourceLinks) }
    for bounds in [certificate.sourceBounds, certificate.targetBounds] {
      line("\(bounds.count)", [])
      for row in bounds { line("  \(row.count)", row.flatMap(\.words)) }
    }
  }

  mutating func table(_ first: String, _ rows: [[Int?]]) {
    line("\(first)\(rows.count)", [])
    for row in rows { line("  \(row.count)", row.map { $0.map(String.init) ?? "-" }) }
  }

  mutating func program(_ program: CellProgram) {
    line("prog", ["\(program.nodes.count)", "\(program.output)"])
    for node in program.nodes { self.node(node) }
    line("inits", ["\(program.initial.count)"])
    for value in program.initial { line("  \(value.count)", value.map(\.description)) }
  }

  private mutating func node(_ node: CellProgram.Node) {
    switch node {
    case .input: line("input", [])
    case .linear(let map, let source):
      line("lin", ["\(map.outputDimension)", "\(source)"])
      for row in 0..<map.outputDimension {
        text += " "
        rowWords(map.matrix.row(row))
        line(" \(map.offset[row])", [])
      }
    case .relu(let source): line("relu", ["\(source)"])
    case .state(let recurrence, let input, let source):
      line("state", ["\(input.outputDimension)", "\(source)"])
      for row in 0..<input.outputDimension {
        text += " "
        if row < recurrence.rowCount { rowWords(recurrence.row(row)) } else { text += " 0" }
        rowWords(input.matrix.row(row))
        line(" \(input.offset[row])", [])
      }
    case .previous(let source): line("prev", ["\(source)"])
    case .concat(let sources):
      line("concat", ["\(sources.count)"] + sources.map(\.description))
    case .multiply(let source): line("multi", ["\(source)"])
    }
  }

  private mutating func rowWords(_ row: ArraySlice<Matrix.Entry>) {
    text += " \(row.count)"
    for entry in row { text += " \(entry.column) \(entry.value)" }
  }
}
