import ExactArithmetic

// Whether a certificate is about values that exist, by dimensions alone: looked at before anything
// else, as `proofs/checker/WellFormed.v` and `wf_cert` do.

extension Certificate {
  /// Throws the first thing that is out of place.
  func requireForm() throws(Rejection) {
    _ = try Certificate.dimensions(of: source, .source, reading: inputBounds.count)
    _ = try Certificate.dimensions(of: target, .target, reading: inputBounds.count)
    let dimensions = try Certificate.dimensions(of: coupling, .coupling, reading: reads.count)
    if let node = coupling.nodes.indices.first(where: {
      coupling.nodes[$0].remembered(at: $0) != nil
    }) {
      throw .couplingRemembers(node: node)
    }
    for (place, read) in reads.enumerated()
    where !source.initialValue(of: read.node).indices.contains(read.place) {
      throw .readsNothing(place: place, read)
    }
    try requireLinks(toOutputs: dimensions[coupling.output])
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

  private func requireLinks(toOutputs count: Int) throws(Rejection) {
    for (node, row) in links.enumerated() {
      let remembered = target.initialValue(of: node).count
      guard row.count <= remembered else {
        throw .moreLinksThanMemory(node: node, links: row.count, remembered: remembered)
      }
      for (place, link) in row.enumerated() {
        guard let link, !(0..<count ~= link) else { continue }
        throw .linkToNothing(Coordinate(node: node, place: place), output: link, outputs: count)
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
