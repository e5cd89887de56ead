import ExactArithmetic

// Whether a certificate is about values that exist, by dimensions alone: looked at before anything
// else, as `proofs/checker/WellFormed.v` and `wf_cert` do.

extension Certificate {
  /// Throws the first thing that is out of place.
  func requireForm() throws(Rejection) {
    _ = try Certificate.dimensions(of: source, .source, reading: inputBounds.count)
    _ = try Certificate.dimensions(of: target, .target, reading: inputBounds.count)
    let dimensions = try Certificate.dimensions(
      of: coupling, .coupling, reading: reads.count + targetReads.count)
    if let node = coupling.nodes.indices.first(where: {
      coupling.nodes[$0].remembered(at: $0) != nil
    }) {
      throw .couplingRemembers(node: node)
    }
    try Certificate.require(reads, from: 0, of: source, .source)
    try Certificate.require(targetReads, from: reads.count, of: target, .target)
    let count = dimensions[coupling.output]
    try Certificate.require(links, toOutputs: count, of: target, .target)
    try Certificate.require(sourceLinks, toOutputs: count, of: source, .source)
    try Certificate.require(sourceBounds, of: source, .source)
    try Certificate.require(targetBounds, of: target, .target)
  }

  private static func dimensions(
    of program: CellProgram, _ part: Rejection.Part, reading inputDimension: Int
  ) throws(Rejection) -> [Int] {
    do {
      return try program.dimensions(reading: inputDimension)
    } catch {
      throw .malformed(part, error)
    }
  }

  private static func require(
    _ reads: [Coordinate], from first: Int, of program: CellProgram, _ part: Rejection.Part
  ) throws(Rejection) {
    for (place, read) in reads.enumerated()
    where !program.initialValue(of: read.node).indices.contains(read.place) {
      throw .readsNothing(part, place: first + place, read)
    }
  }

  private static func require(
    _ links: [[Int?]], toOutputs count: Int, of program: CellProgram, _ part: Rejection.Part
  ) throws(Rejection) {
    for (node, row) in links.enumerated() {
      let remembered = program.initialValue(of: node).count
      guard row.count <= remembered else {
        throw .moreLinksThanMemory(part, node: node, links: row.count, remembered: remembered)
      }
      for (place, link) in row.enumerated() {
        guard let link, !(0..<count ~= link) else { continue }
        throw .linkToNothing(
          part, Coordinate(node: node, place: place), output: link, outputs: count)
      }
    }
  }

  private static func require(
    _ bounds: [[Interval]], of program: CellProgram, _ part: Rejection.Part
  ) throws(Rejection) {
    for (node, row) in bounds.enumerated() {
      let remembered = program.initialValue(of: node).count
      guard row.count <= remembered else {
        throw .moreBoundsThanMemory(
          part, node: node, bounds: row.count, remembered: remembered)
      }
    }
  }
}
