import ExactArithmetic

extension Certificate {
  /// Whether one symbolic step of both programs shows the claim: the outputs are equal forms, links
  /// and bounds hold before the first step, and a step keeps them. That this is enough is proved in
  /// `proofs/checker/CheckSound.v`.
  ///
  /// Takes anything: a certificate that is not well formed is rejected, one that asks for too much
  /// is left undecided.
  public func judged(within limits: CheckLimits = .standard) -> Judgement {
    do throws(Rejection) {
      try requireForm()
    } catch {
      return .rejected(error)
    }
    do throws(MetLimit) {
      var step = try CoupledStep(self, within: limits)
      if let rejection = try step.failures(atMost: 1).first { return .rejected(rejection) }
      return .accepted(atoms: step.table.atoms.count)
    } catch {
      return .undecided(error)
    }
  }

  /// Everything that `judged` would reject, in its order: for who looks for a certificate, and
  /// drops what cannot be confirmed. Empty if it accepts.
  public func rejections(
    within limits: CheckLimits = .standard
  ) throws(MetLimit) -> [Rejection] {
    do throws(Rejection) {
      try requireForm()
    } catch {
      return [error]
    }
    var step = try CoupledStep(self, within: limits)
    return try step.failures(atMost: .max)
  }
}

extension Certificate {
  /// What the nodes of source and target are after the step, with numbers for its atoms, whatever
  /// these stand for: `count` times. Claims that hold of all such numbers are steady as the judge
  /// sees it. For who looks for a certificate. Precondition: it is well formed.
  public func samples(
    _ count: Int, ofAtoms number: () -> Rational, within limits: CheckLimits = .standard
  ) throws(MetLimit) -> [(source: [[Rational]], target: [[Rational]])] {
    let step = try CoupledStep(self, within: limits)
    return (0..<count).map { _ in
      var atoms = (0..<step.table.atoms.count).map { _ in number() }
      atoms[AtomTable.one] = 1
      return (
        step.source.map { $0.map { $0.value(atoms) } },
        step.target.map { $0.map { $0.value(atoms) } }
      )
    }
  }
}

extension Certificate {
  /// Which remembered values of the source, as they are, are left in the difference of the outputs
  /// where these are not equal forms. For who looks for a certificate. Precondition: it is well
  /// formed.
  public func sourceReadsInDifference(
    within limits: CheckLimits = .standard
  ) throws(MetLimit) -> Set<Coordinate> {
    let step = try CoupledStep(self, within: limits)
    var coordinates: Set<Coordinate> = []
    for (expected, found) in zip(step.source[source.output], step.target[target.output])
    where expected != found {
      for term in (expected - found).terms {
        if case .source(let coordinate) = step.table.atoms[term.atom] {
          coordinates.insert(coordinate)
        }
      }
    }
    return coordinates
  }
}

extension Form {
  /// `atoms`: what each is, by its number.
  func value(_ atoms: [Rational]) -> Rational {
    terms.reduce(0) { $0 + $1.coefficient * atoms[$1.atom] }
  }
}

/// One step of source and target, and what the coupling program says before the first step and after
/// a step.
struct CoupledStep {
  let certificate: Certificate
  var table: AtomTable

  private(set) var source: Forms = []
  private(set) var target: Forms = []
  private var saidAtStart: [Form] = []
  private var saidAfterStep: [Form] = []

  init(_ certificate: Certificate, within limits: CheckLimits) throws(MetLimit) {
    self.certificate = certificate
    table = try AtomTable(within: limits)

    var token: [Form] = []
    for (place, bounds) in certificate.inputBounds.enumerated() {
      token.append(try table.variable(.input(place), within: bounds))
    }
    var sourceBefore: Forms = []
    for node in certificate.source.initial.indices {
      sourceBefore.append(try variables(ofSource: node))
    }
    var read: [Certificate.Coordinate: Form] = [:]
    for coordinate in certificate.targetReads where read[coordinate] == nil {
      read[coordinate] = try variable(ofTarget: coordinate)
    }
    let coupled =
      certificate.reads.map { sourceBefore[$0.node][$0.place] }
      + certificate.targetReads.compactMap { read[$0] }
    let said: [Form]
    if certificate.sourceLinks.isEmpty {
      source = try table.values(
        of: certificate.source, reading: token, previous: sourceBefore)
      said = try self.said(of: coupled)
    } else {
      said = try self.said(of: coupled)
      source = try table.values(
        of: certificate.source, reading: token,
        previous: certificate.sourceLinks.linked(sourceBefore, to: said))
    }
    var targetBefore: Forms = []
    for node in certificate.target.initial.indices {
      targetBefore.append(try linked(target: node, to: said, read))
    }
    target = try table.values(
      of: certificate.target, reading: token, previous: targetBefore)
    saidAfterStep = try self.said(of: certificate.readValues(of: source, target))
    saidAtStart = try self.said(
      of: certificate.readValues(of: certificate.source.start, certificate.target.start))
  }

  private mutating func variables(ofSource node: Int) throws(MetLimit) -> [Form] {
    var forms: [Form] = []
    for place in certificate.source.initial[node].indices {
      let coordinate = Certificate.Coordinate(node: node, place: place)
      forms.append(
        try table.variable(
          .source(coordinate), within: certificate.sourceBounds.claim(at: coordinate)))
    }
    return forms
  }

  private mutating func variable(
    ofTarget coordinate: Certificate.Coordinate
  ) throws(MetLimit) -> Form {
    try table.variable(
      .target(coordinate), within: certificate.targetBounds.claim(at: coordinate))
  }

  /// Remembered values of the target: what the links say, else atoms, which are there already for
  /// those that the coupling program reads.
  private mutating func linked(
    target node: Int, to said: [Form], _ read: [Certificate.Coordinate: Form]
  ) throws(MetLimit) -> [Form] {
    var forms: [Form] = []
    for place in certificate.target.initial[node].indices {
      let coordinate = Certificate.Coordinate(node: node, place: place)
      if let link = certificate.links.link(at: coordinate) {
        forms.append(said[link])
      } else if let form = read[coordinate] {
        forms.append(form)
      } else {
        forms.append(try variable(ofTarget: coordinate))
      }
    }
    return forms
  }

  /// What the coupling program says of values.
  private mutating func said(of values: [Form]) throws(MetLimit) -> [Form] {
    let coupling = certificate.coupling
    return try table.values(of: coupling, reading: values, previous: [])[coupling.output]
  }
}

extension Certificate {
  /// What the coupling program reads of values of the source and of the target.
  fileprivate func readValues(of source: Forms, _ target: Forms) -> [Form] {
    reads.map { source[$0.node][$0.place] } + targetReads.map { target[$0.node][$0.place] }
  }
}

extension CellProgram {
  /// By node what it remembers before the first step.
  fileprivate var start: Forms { initial.map { $0.map(Form.init(constant:)) } }
}

extension [[Int?]] {
  fileprivate func link(at coordinate: Certificate.Coordinate) -> Int? {
    guard indices.contains(coordinate.node),
      self[coordinate.node].indices.contains(coordinate.place)
    else { return nil }
    return self[coordinate.node][coordinate.place]
  }

  /// The values with what the links say in the place of those that are linked.
  fileprivate func linked(_ values: Forms, to said: [Form]) -> Forms {
    var linked = values
    for (node, row) in enumerated() {
      for (place, link) in row.enumerated() {
        if let link { linked[node][place] = said[link] }
      }
    }
    return linked
  }
}

// MARK: - Comparing

extension CoupledStep {
  /// What comes first is what the rest may follow from.
  mutating func failures(atMost limit: Int) throws(MetLimit) -> [Rejection] {
    var failures: [Rejection] = []
    let (sourceStart, targetStart) = (certificate.source.start, certificate.target.start)
    func link(_ moment: Rejection.Moment, _ source: Forms, _ target: Forms, _ said: [Form]) {
      failures += links(.source, certificate.sourceLinks, moment, of: source, to: said)
      failures += links(.target, certificate.links, moment, of: target, to: said)
    }
    link(.start, sourceStart, targetStart, saidAtStart)
    let claims: [(Rejection.Part, [[Interval]], Rejection.Moment, Forms)] = [
      (.source, certificate.sourceBounds, .start, sourceStart),
      (.target, certificate.targetBounds, .start, targetStart),
      (.source, certificate.sourceBounds, .step, source),
      (.target, certificate.targetBounds, .step, target),
    ]
    for (part, bounds, moment, values) in claims where failures.count < limit {
      failures += try self.bounds(part, bounds, moment, of: values, atMost: limit)
    }
    if failures.count < limit { link(.step, source, target, saidAfterStep) }
    if failures.count < limit, let failure = output() { failures.append(failure) }
    return failures
  }

  private func links(
    _ part: Rejection.Part, _ links: [[Int?]], _ moment: Rejection.Moment, of values: Forms,
    to said: [Form]
  ) -> [Rejection] {
    var failures: [Rejection] = []
    for (node, row) in links.enumerated() {
      for (place, link) in row.enumerated() {
        guard let link, values[node][place] != said[link] else { continue }
        failures.append(
          .link(
            part, Certificate.Coordinate(node: node, place: place), output: link, moment,
            found: table.text(values[node][place]), expected: table.text(said[link])))
      }
    }
    return failures
  }

  private mutating func bounds(
    _ part: Rejection.Part, _ bounds: [[Interval]], _ moment: Rejection.Moment,
    of values: Forms, atMost limit: Int
  ) throws(MetLimit) -> [Rejection] {
    var failures: [Rejection] = []
    for (node, row) in bounds.enumerated() {
      for (place, claim) in row.enumerated() where claim != .everything {
        let value = values[node][place]
        let least = claim.lower == nil ? nil : try table.low(value)
        let most = claim.upper == nil ? nil : try table.low(-value).map { -$0 }
        let isAbove = claim.lower.map { bound in least.map { bound <= $0 } ?? false } ?? true
        let isBelow = claim.upper.map { bound in most.map { $0 <= bound } ?? false } ?? true
        if isAbove && isBelow { continue }
        let known = "[\(least?.description ?? "?"), \(most?.description ?? "?")]"
        failures.append(
          .bound(
            part, Certificate.Coordinate(node: node, place: place), moment, claimed: claim,
            value: table.text(value), known: known))
        if failures.count == limit { return failures }
      }
    }
    return failures
  }

  /// Of links after the step, and of outputs: the source's side less the target's, or what is said
  /// less what is found. Those that are not equal.
  func differences() -> [Form] {
    var differences: [Form] = []
    for (links, values) in [(certificate.sourceLinks, source), (certificate.links, target)] {
      for (node, row) in links.enumerated() {
        for (place, link) in row.enumerated() {
          if let link { differences.append(saidAfterStep[link] - values[node][place]) }
        }
      }
    }
    let outputs = zip(source[certificate.source.output], target[certificate.target.output])
    return (differences + outputs.map { $0 - $1 }).filter { !$0.isZero }
  }

  private func output() -> Rejection? {
    let (expected, found) = (
      source[certificate.source.output], target[certificate.target.output]
    )
    guard expected.count == found.count else {
      return .outputDimensions(source: expected.count, target: found.count)
    }
    guard let place = expected.indices.first(where: { expected[$0] != found[$0] }) else {
      return nil
    }
    return .output(
      place: place, source: table.text(expected[place]), target: table.text(found[place]),
      difference: table.text(expected[place] - found[place]))
  }
}

extension [[Interval]] {
  /// What is claimed of a coordinate; everything, where nothing is.
  fileprivate func claim(at coordinate: Certificate.Coordinate) -> Interval {
    guard indices.contains(coordinate.node),
      self[coordinate.node].indices.contains(coordinate.place)
    else { return .everything }
    return self[coordinate.node][coordinate.place]
  }
}
