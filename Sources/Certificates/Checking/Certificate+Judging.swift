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
      if let rejection = try step.firstFailure() { return .rejected(rejection) }
      return .accepted(atoms: step.table.atoms.count)
    } catch {
      return .undecided(error)
    }
  }
}

/// One step of source and target, and what the coupling program says before the first step and after
/// a step.
private struct CoupledStep {
  let certificate: Certificate
  var table: AtomTable

  private var source: Forms = []
  private var target: Forms = []
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
    source = try table.values(
      of: certificate.source, reading: token, previous: sourceBefore)
    let said = try said(of: sourceBefore)
    var targetBefore: Forms = []
    for node in certificate.target.initial.indices {
      targetBefore.append(try linked(target: node, to: said))
    }
    target = try table.values(
      of: certificate.target, reading: token, previous: targetBefore)
    saidAfterStep = try self.said(of: source)
    saidAtStart = try self.said(of: certificate.source.initial.map { $0.map(Form.init(constant:)) })
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

  /// Remembered values of the target: what the links say, else new atoms.
  private mutating func linked(target node: Int, to said: [Form]) throws(MetLimit) -> [Form] {
    let links = certificate.links.indices.contains(node) ? certificate.links[node] : []
    var forms: [Form] = []
    for place in certificate.target.initial[node].indices {
      if links.indices.contains(place), let link = links[place] {
        forms.append(said[link])
        continue
      }
      let coordinate = Certificate.Coordinate(node: node, place: place)
      forms.append(
        try table.variable(
          .target(coordinate), within: certificate.targetBounds.claim(at: coordinate)))
    }
    return forms
  }

  /// What the coupling program says of values of the source.
  private mutating func said(of values: Forms) throws(MetLimit) -> [Form] {
    let token = certificate.reads.map { values[$0.node][$0.place] }
    let coupling = certificate.coupling
    return try table.values(of: coupling, reading: token, previous: [])[coupling.output]
  }
}

// MARK: - Comparing

extension CoupledStep {
  /// What comes first is what the rest may follow from.
  mutating func firstFailure() throws(MetLimit) -> Rejection? {
    let (sourceStart, targetStart) = (
      certificate.source.initial.map { $0.map(Form.init(constant:)) },
      certificate.target.initial.map { $0.map(Form.init(constant:)) }
    )
    if let failure = link(.start, of: targetStart, to: saidAtStart) { return failure }
    let claims: [(Rejection.Part, [[Interval]], Rejection.Moment, Forms)] = [
      (.source, certificate.sourceBounds, .start, sourceStart),
      (.target, certificate.targetBounds, .start, targetStart),
      (.source, certificate.sourceBounds, .step, source),
      (.target, certificate.targetBounds, .step, target),
    ]
    for (part, bounds, moment, values) in claims {
      if let failure = try bound(part, bounds, moment, of: values) { return failure }
    }
    return link(.step, of: target, to: saidAfterStep) ?? output()
  }

  private func link(
    _ moment: Rejection.Moment, of values: Forms, to said: [Form]
  ) -> Rejection? {
    for (node, row) in certificate.links.enumerated() {
      for (place, link) in row.enumerated() {
        guard let link, values[node][place] != said[link] else { continue }
        return .link(
          Certificate.Coordinate(node: node, place: place), output: link, moment,
          found: table.text(values[node][place]), expected: table.text(said[link]))
      }
    }
    return nil
  }

  private mutating func bound(
    _ part: Rejection.Part, _ bounds: [[Interval]], _ moment: Rejection.Moment,
    of values: Forms
  ) throws(MetLimit) -> Rejection? {
    for (node, row) in bounds.enumerated() {
      for (place, claim) in row.enumerated() where claim != .everything {
        let value = values[node][place]
        let least = claim.lower == nil ? nil : try table.low(value)
        let most = claim.upper == nil ? nil : try table.low(-value).map { -$0 }
        let isAbove = claim.lower.map { bound in least.map { bound <= $0 } ?? false } ?? true
        let isBelow = claim.upper.map { bound in most.map { $0 <= bound } ?? false } ?? true
        if isAbove && isBelow { continue }
        let known = "[\(least?.description ?? "?"), \(most?.description ?? "?")]"
        return .bound(
          part, Certificate.Coordinate(node: node, place: place), moment, claimed: claim,
          value: table.text(value), known: known)
      }
    }
    return nil
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
