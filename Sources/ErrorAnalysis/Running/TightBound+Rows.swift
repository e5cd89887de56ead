extension TightBound {
  func run(_ affine: TightPart.Affine) {
    let target = affine.isUpdate ? scratch : affine.target
    compute(affine, target)
    if !affine.gathers.isEmpty { gather(affine.gathers, target) }
    guard affine.isUpdate else { return }
    let count = affine.rows.range.count
    (values.start + affine.target).update(from: values.start + scratch, count: count)
    (locals.start + affine.target).update(from: locals.start + scratch, count: count)
    (marks.start + affine.target).update(from: marks.start + scratch, count: count)
  }

  /// Moves deviations from registers to atoms. All of them are computed before the first is
  /// written: they depend on the old ones.
  private func gather(_ range: Places, _ target: Int) {
    for place in range.range {
      let gather = gathers.start + place
      let register = target &+ gather.pointee.row
      guard marks.start[register] & Mark.uncertain != 0 else { continue }
      var deviation = locals.start[register] + forms.deviation(gather.pointee.form, atoms)
      for place in gather.pointee.old.range {
        let old = olds.start + place
        deviation = deviation + old.pointee.factor.times(atoms.all[old.pointee.atom])
      }
      locals.start[register] = deviation
    }
    for place in range.range {
      let gather = gathers.start + place
      let register = target &+ gather.pointee.row
      set(gather.pointee.atom, to: locals.start[register], of: register)
    }
  }

  private func compute(_ affine: TightPart.Affine, _ target: Int) {
    let rows = rows.start
    var first = affine.firstTerm
    var target = target
    for index in affine.rows.range {
      let row = rows + index
      if !(row.pointee.grid.isUsable && sumExactly(row, first, target)) {
        sum(row, first, target)
      }
      first = row.pointee.end
      target &+= 1
    }
  }

  /// The row in binary64, if its products and partial sums are certainly numbers of the format:
  /// then it is the row in the format, too.
  @inline(__always)
  private func sumExactly(
    _ row: UnsafeMutablePointer<TightPart.Row>, _ first: Int, _ target: Int
  ) -> Bool {
    let values = values.start
    let marks = marks.start
    var lane = lanes.start + first
    let end = lanes.start + row.pointee.end
    var sum = row.pointee.offset
    var size = sum.magnitude
    var mark: UInt64 = 0
    while lane < end {
      let product = lane.pointee.weight * values[lane.pointee.register]
      sum += product
      size += product.magnitude
      mark |= marks[lane.pointee.register]
      lane += 1
    }
    guard mark & Mark.unclear == 0, size < row.pointee.grid.limit(mark) else { return false }
    values[target] = sum
    locals.start[target] = .zero
    marks[target] = Mark.of(sum) | (mark & Mark.uncertain)
    return true
  }

  private func sum(
    _ row: UnsafeMutablePointer<TightPart.Row>, _ first: Int, _ target: Int
  ) {
    let values = values.start
    let locals = locals.start
    let marks = marks.start
    var term = terms.start + first
    let end = terms.start + row.pointee.end
    var sum = row.pointee.offset
    var deviation = row.pointee.deviation
    var mark: UInt64 = 0
    while term < end {
      let weight = term.pointee.weight
      let x = values[term.pointee.register]
      let local = locals[term.pointee.register]
      mark |= marks[term.pointee.register]
      defer { term += 1 }
      // Nothing times a finite weight adds nothing: the sum is never −0.
      if x == 0, local.isZero, weight.magnitude < .infinity { continue }
      if !local.isZero { deviation = deviation + term.pointee.factor.times(local) }
      if !term.pointee.deviation.isZero {
        deviation = deviation + term.pointee.deviation.scaled(by: x)
      }
      let product = Model.Number.round(weight * x)
      let next = Model.Number.round(sum + product)
      if product.magnitude < term.pointee.exactFrom {
        let lost = Model.productDeviation(weight, x, product)
        if !lost.isZero { deviation = deviation + lost }
      }
      let lost = Model.sumDeviation(sum, product, next)
      if !lost.isZero { deviation = deviation + lost }
      sum = next
    }
    if !(sum.magnitude < .infinity) { deviation = Model.deviation(ofNonFinite: sum) }
    values[target] = sum
    locals[target] = deviation
    marks[target] = Mark.of(sum, deviation) | (mark & Mark.uncertain)
  }
}
