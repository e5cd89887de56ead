import ExactArithmetic

// Expanded, a product of two forms that are not negative does not show it. So it is remembered.

extension AtomTable {
  /// Remembers that the product of `left` and `right`, just expanded, is not negative, if that is
  /// seen of both, or if it is a square.
  ///
  /// Where a factor is a sum h + Q of variables that are not negative and of Q ≥ 0, it is the product
  /// with Q that is remembered: units of a GRU see their own state beside what they add to it. h is
  /// all such variables, and then only those of the target, as Q may have some, too.
  mutating func know(_ left: Form, _ right: Form) throws(MetLimit) {
    if left == right { return try know(product: left, right) }
    guard let least = try low(left), least >= 0, let other = try low(right), other >= 0 else {
      return
    }
    for kind in [VariableKind.any, .target] {
      try know(product: try without(kind, left), try without(kind, right))
    }
  }

  private mutating func know(product left: Form, _ right: Form) throws(MetLimit) {
    guard let product = knownProduct(left, right), product.count > 1,
      let last = product.terms.last, !(knownProducts[last.atom] ?? []).contains(product)
    else { return }
    try expenses.store(product)
    knownProducts[last.atom, default: []].append(product)
    for term in product.terms { isInKnownProduct[term.atom] = true }
  }

  private enum VariableKind { case any, target }

  /// The form without positive multiples of such variables that are not negative, if the rest is not
  /// negative either, and not zero; else the form itself.
  private mutating func without(_ kind: VariableKind, _ form: Form) throws(MetLimit) -> Form {
    let rest = form.terms.filter { term in
      let isMeant =
        switch atoms[term.atom] {
        case .target: true
        case .input, .source: kind == .any
        case .one, .relu, .product: false
        }
      return !isMeant || term.coefficient < 0 || (lower[term.atom] ?? -1) < 0
    }
    if rest.isEmpty || rest.count == form.count { return form }
    let remainder = Form(ascending: rest)
    guard let least = try low(remainder), least >= 0 else { return form }
    return remainder
  }

  /// What is left of the form when positive multiples of known products are taken out, one after the
  /// other: always the one that makes it shortest, of equal ones the first, in the order of their last
  /// atoms and then as they became known. The form itself first; ends when none makes it shorter.
  ///
  /// The multiple is that which cancels the product's last atom.
  mutating func withoutProducts(_ form: Form) throws(MetLimit) -> [Form] {
    var stages = [form]
    if knownProducts.isEmpty { return stages }
    while let next = try withoutOneProduct(stages[stages.count - 1]) { stages.append(next) }
    return stages
  }

  private mutating func withoutOneProduct(_ form: Form) throws(MetLimit) -> Form? {
    var shortest: Form?
    for term in form.terms {
      guard let products = knownProducts[term.atom] else { continue }
      for product in products {
        // No product takes out more terms than it has.
        guard form.count - product.count < shortest?.count ?? form.count,
          let last = product.terms.last
        else { continue }
        let share = term.coefficient * last.coefficient.reciprocal
        guard share > 0 else { continue }
        try expenses.work(form.count + product.count)
        let rest = form.adding(product, times: -share)
        if rest.count < shortest?.count ?? form.count { shortest = rest }
      }
    }
    return shortest
  }
}
