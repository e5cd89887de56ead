extension TightBound {
  func relu(_ range: Places, _ target: Int) {
    var target = target
    for index in range.range {
      let rectifier = rectifiers.start + index
      let source = rectifier.pointee.source
      let x = values.start[source]
      let local = locals.start[source]
      values.start[target] = x <= 0 ? 0 : x
      switch rectifier.pointee.kind {
      case .atom:
        relu(rectifier, x, local)
        set(rectifier.pointee.atom, to: atoms.all[rectifier.pointee.atom], of: target)
      case .constant: keep(local.throughReLU(of: x), of: target, from: marks.start[source])
      case .passing:
        // The form is ≥ 0 at the atoms' floats, too. Where x < 0 became 0, the loss lies between
        // that of x and none.
        let kept =
          x >= 0 || local.isZero || local.isUnknown
          ? local
          : Deviation(
            lower: min(0, (local.center - local.radius).nextDown),
            upper: max(0, (local.center + local.radius).nextUp))
        keep(kept, of: target, from: marks.start[source])
      }
      target &+= 1
    }
  }

  /// The local deviation of a register whose form has the atoms of registers with these marks.
  @inline(__always)
  private func keep(_ local: Deviation, of register: Int, from sources: UInt64) {
    locals.start[register] = local
    marks.start[register] =
      Mark.of(values.start[register], local) | (sources & Mark.uncertain)
  }

  @inline(__always)
  private func relu(
    _ rectifier: UnsafeMutablePointer<TightPart.Rectifier>, _ x: Double, _ local: Deviation
  ) {
    let atom = rectifier.pointee.atom
    let gap = atoms.gaps[rectifier.pointee.group]
    if gap.isZero && local.isZero {
      atoms.all[atom] = .zero
      atoms.local[atom] = .zero
      atoms.phases[atom] = x > 0 ? AtomDeviations.Phase.on : AtomDeviations.Phase.off
      return
    }
    let whole = rectifier.pointee.alpha.times(gap) + local
    if whole.isUnknown || local.isUnknown {
      atoms.all[atom] = .unknown
      atoms.local[atom] = .unknown
      atoms.phases[atom] = AtomDeviations.Phase.unsure
      return
    }
    atoms.all[atom] = whole.throughReLU(of: x)
    atoms.local[atom] = local.throughReLU(of: x)
    // The arguments of the form at exact and at float atoms.
    let exact = whole.exact(of: x)
    let float = local.exact(of: x)
    atoms.phases[atom] =
      min(exact.lower, float.lower) >= 0
      ? AtomDeviations.Phase.on
      : max(exact.upper, float.upper) <= 0
        ? AtomDeviations.Phase.off : AtomDeviations.Phase.unsure
  }

  func multiply(_ range: Places, _ target: Int) {
    var target = target
    for index in range.range {
      let multiplier = multipliers.start + index
      let (left, right) = (multiplier.pointee.left, multiplier.pointee.right)
      let (a, b) = (values.start[left], values.start[right])
      let (localA, localB) = (locals.start[left], locals.start[right])
      let product = Model.Number.round(a * b)
      let isFinite = product.magnitude < .infinity
      let rounding =
        isFinite
        ? Model.productDeviation(a, b, product) : Model.deviation(ofNonFinite: product)
      values.start[target] = product
      switch multiplier.pointee.kind {
      case .atom:
        let errorA = deviation(ofForm: multiplier.pointee.leftForm, at: left) + localA
        let errorB = deviation(ofForm: multiplier.pointee.rightForm, at: right) + localB
        var error = errorB.scaled(by: a) + errorA.scaled(by: b) + rounding
        if !errorA.isZero && !errorB.isZero {
          error = error + Deviation(0, errorA.bound.upward(times: errorB.bound))
        }
        set(multiplier.pointee.atom, to: isFinite ? error : rounding, of: target)
      // With the constant a: âb̂ − a b̂' for the form b' of b at its atoms' floats is
      // a (b̂ − b') + b̂ (â − a), and rounding.
      case .constantLeft:
        let local = multiplier.pointee.constant.times(localB) + localA.scaled(by: b) + rounding
        keep(isFinite ? local : rounding, of: target, from: marks.start[right])
      case .constantRight:
        let local = multiplier.pointee.constant.times(localA) + localB.scaled(by: a) + rounding
        keep(isFinite ? local : rounding, of: target, from: marks.start[left])
      }
      target &+= 1
    }
  }
}
