import ExactArithmetic

extension Certificate {
  /// Reads the text form, version 3: a stream of words between blanks and line ends.
  ///
  ///     n  (lo hi)*n                bounds of the inputs, "-" for none
  ///     <program>                   the source
  ///     <program>                   the target
  ///     m  (k j)*m                  what the coupling program reads: coordinate j of the source's
  ///                                 node k, one step before
  ///     [also m (k j)*m]            and of the target, if it reads any
  ///     <program>                   the coupling program
  ///     K  then K times: L (i | -)*L        links, by the target's node and coordinate
  ///     [also K  then K times: L (i | -)*L] and by the source's, if there are any
  ///     S  then S times: L (lo hi)*L        bounds of what the source remembers
  ///     T  then T times: L (lo hi)*L        bounds of what the target remembers
  ///
  ///     program := prog N out node*N inits M (len q*len)*M
  ///     node    := input | lin R src (row b)*R | relu src | state R src (rowA rowB b)*R
  ///              | prev k | concat k src*k | multi src
  ///     row     := nnz (column q)*nnz
  ///
  /// Rationals are p or p/q with q > 0, naturals have at most 15 digits. Columns may come in any
  /// order; entries of one column are added up.
  ///
  /// What is read need not be well formed: the judge looks at that. It takes no more memory than a
  /// small multiple of the text.
  public init(parsing text: [UInt8]) throws(CertificateTextError) {
    var reader = WordReader(text)
    let inputBounds = try reader.inputBounds()
    let source = try reader.program(reading: inputBounds.count)
    let target = try reader.program(reading: inputBounds.count)
    self = try reader.certificate(inputBounds, source, target)
    try reader.expectEnd()
  }

  public init(parsing text: some StringProtocol) throws(CertificateTextError) {
    try self.init(parsing: Array(text.utf8))
  }
}

extension CertificateChain {
  /// Reads the text form: of a certificate, or of several one behind the other,
  ///
  ///     chain k
  ///     n  (lo hi)*n
  ///     <program>*(k + 1)
  ///
  /// and then, for each program but the first, what the text of a certificate has behind its target,
  /// the certificate being that this program has the outputs of the one before.
  public init(parsing text: [UInt8]) throws(CertificateTextError) {
    var reader = WordReader(text)
    guard reader.takes("chain") else {
      self.init(try Certificate(parsing: text))
      return
    }
    let count = try reader.count(of: "certificates")
    guard count > 0 else {
      throw reader.error(expected: "at least one certificate", found: Array("0".utf8)[...])
    }
    let inputBounds = try reader.inputBounds()
    var programs: [CellProgram] = []
    for _ in 0...count { programs.append(try reader.program(reading: inputBounds.count)) }
    var certificates: [Certificate] = []
    for (source, target) in zip(programs, programs.dropFirst()) {
      certificates.append(try reader.certificate(inputBounds, source, target))
    }
    try reader.expectEnd()
    self.init(unchecked: certificates)
  }

  public init(parsing text: some StringProtocol) throws(CertificateTextError) {
    try self.init(parsing: Array(text.utf8))
  }
}

extension WordReader {
  fileprivate mutating func inputBounds() throws(CertificateTextError) -> [Interval] {
    try intervals(try count(of: "inputs"))
  }

  /// What comes behind the programs.
  fileprivate mutating func certificate(
    _ inputBounds: [Interval], _ source: CellProgram, _ target: CellProgram
  ) throws(CertificateTextError) -> Certificate {
    let reads = try self.reads()
    let targetReads = takes("also") ? try self.reads() : []
    let coupling = try program(reading: reads.count + targetReads.count)
    let links = try self.links()
    let sourceLinks = takes("also") ? try self.links() : []
    let sourceBounds = try bounds("source nodes with bounds")
    let targetBounds = try bounds("target nodes with bounds")
    return Certificate(
      inputBounds: inputBounds, source: source, target: target, reads: reads,
      targetReads: targetReads, coupling: coupling, links: links, sourceLinks: sourceLinks,
      sourceBounds: sourceBounds, targetBounds: targetBounds)
  }

  fileprivate mutating func intervals(
    _ count: Int
  ) throws(CertificateTextError) -> [Interval] {
    var intervals: [Interval] = []
    for _ in 0..<count {
      let lower = try bound("a lower bound")
      let upper = try bound("an upper bound")
      if let lower, let upper, upper < lower {
        throw error(
          expected: "an upper bound that is not below the lower", found: Array("\(upper)".utf8)[...]
        )
      }
      intervals.append(Interval(lower, upper))
    }
    return intervals
  }

  fileprivate mutating func bounds(
    _ nodes: StaticString
  ) throws(CertificateTextError) -> [[Interval]] {
    var bounds: [[Interval]] = []
    for _ in 0..<(try count(of: nodes)) {
      bounds.append(try intervals(try count(of: "bounds")))
    }
    return bounds
  }

  fileprivate mutating func reads() throws(CertificateTextError) -> [Certificate.Coordinate] {
    var reads: [Certificate.Coordinate] = []
    for _ in 0..<(try count(of: "values that the coupling program reads")) {
      let node = try natural("a node's number")
      reads.append(Certificate.Coordinate(node: node, place: try natural("a coordinate")))
    }
    return reads
  }

  fileprivate mutating func links() throws(CertificateTextError) -> [[Int?]] {
    var links: [[Int?]] = []
    for _ in 0..<(try count(of: "nodes with links")) {
      var row: [Int?] = []
      for _ in 0..<(try count(of: "links")) { row.append(try link()) }
      links.append(row)
    }
    return links
  }
}
