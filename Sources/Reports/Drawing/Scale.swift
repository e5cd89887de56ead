/// Where numbers stand along an axis.
struct Scale {
  struct Tick {
    let position: Double
    let label: String
  }

  /// Pixels at the low and at the high end; the low end of an upright axis is below.
  let start: Double
  let end: Double
  private let low: Double
  private let high: Double
  private let base: Int?
  private let isCounted: Bool
  private let hasPositive: Bool

  /// Where zero and infinity stand on a logarithmic axis, if they occur.
  let zero: Double?
  let infinity: Double?
  private let innerStart: Double
  private let innerEnd: Double

  /// `values` are all that must find a place. What is negative has none on a logarithmic axis. A
  /// linear axis that is counted ends where the values end, and has ticks at whole numbers only.
  init(
    _ axis: Axis, _ values: [Double], from start: Double, to end: Double, isCounted: Bool = false
  ) {
    self.isCounted = isCounted
    hasPositive = values.contains { $0.isFinite && $0 > 0 }
    self.start = start
    self.end = end
    let direction = end > start ? 1.0 : -1
    let shelf = 18 * direction
    var innerStart = start
    var innerEnd = end
    if values.contains(.infinity) {
      infinity = end
      innerEnd -= shelf
    } else {
      infinity = nil
    }
    switch axis.scale {
    case .linear:
      base = nil
      zero = nil
      let finite = values.filter(\.isFinite)
      let least = finite.min() ?? 0
      let most = finite.max() ?? 1
      let step = Scale.step(most - least > 0 ? most - least : Swift.max(1, most.magnitude))
      low = isCounted ? least : (least / step).rounded(.down) * step
      high =
        isCounted && most > least ? most : Swift.max((most / step).rounded(.up) * step, low + step)
    case .log(let base):
      self.base = base
      let positive = values.filter { $0.isFinite && $0 > 0 }.map { $0.log(base: base) }
      if values.contains(0) {
        zero = start
        innerStart += shelf
      } else {
        zero = nil
      }
      // Powers of the base are not always whole in floats.
      let least = ((positive.min() ?? 0) + 1e-9).rounded(.down)
      let most = ((positive.max() ?? 0) - 1e-9).rounded(.up)
      low = least
      high = Swift.max(most, least + 1)
    }
    self.innerStart = innerStart
    self.innerEnd = innerEnd
  }

  /// Nil where the axis has no place for it.
  func position(_ value: Double) -> Double? {
    guard !value.isNaN else { return nil }
    if value == .infinity { return infinity }
    guard value.isFinite else { return nil }
    guard let base else { return between(value) }
    if value == 0 { return zero }
    return value > 0 ? between(value.log(base: base)) : nil
  }

  private func between(_ place: Double) -> Double {
    innerStart + (place - low) / (high - low) * (innerEnd - innerStart)
  }

  /// At most about `count` of them.
  func ticks(_ count: Int) -> [Tick] {
    var ticks: [Tick] = []
    if let zero { ticks.append(Tick(position: zero, label: "0")) }
    if let base, hasPositive {
      let span = Int(high - low)
      let step = Scale.wholeStep(span, count)
      var exponent = Int(low)
      if step > 1, !exponent.isMultiple(of: step) {
        exponent += step - ((exponent % step) + step) % step
      }
      while exponent <= Int(high) {
        ticks.append(
          Tick(position: between(Double(exponent)), label: Scale.power(base, exponent)))
        exponent += step
      }
    } else if base == nil {
      let wanted = Scale.step((high - low) * 6 / Double(Swift.max(2, count)))
      let step = isCounted ? Swift.max(1, wanted) : wanted
      let first = (low / step).rounded(.up)
      for index in 0...100 where (first + Double(index)) * step <= high + step * 1e-9 {
        let value = (first + Double(index)) * step
        ticks.append(Tick(position: between(value), label: value.text(digits: 6)))
      }
    }
    if let infinity { ticks.append(Tick(position: infinity, label: "∞")) }
    return ticks
  }

  /// Where the axis breaks between zero, or infinity, and the rest.
  var breaks: [Double] {
    (zero == nil ? [] : [(start + innerStart) / 2])
      + (infinity == nil ? [] : [(end + innerEnd) / 2])
  }

  /// 1, 2 or 5 times a power of ten, about a fifth of `span`.
  private static func step(_ span: Double) -> Double {
    let raw = Swift.max(span, 1e-300) / 5
    var unit = 1.0
    while unit * 10 <= raw { unit *= 10 }
    while unit > raw { unit /= 10 }
    let part = raw / unit
    let step = part < 1.5 ? unit : part < 3.5 ? 2 * unit : part < 7.5 ? 5 * unit : 10 * unit
    // Tenths as they are written, not as they come of dividing.
    return Double(step.text(digits: 1)) ?? step
  }

  private static func wholeStep(_ span: Int, _ count: Int) -> Int {
    [1, 2, 3, 4, 5, 6, 8, 10, 12, 15, 20, 25, 30, 40, 50, 100, 200, 500].first {
      span / $0 < count
    } ?? Swift.max(1, span)
  }

  private static func power(_ base: Int, _ exponent: Int) -> String {
    switch (base, exponent) {
    case (10, 0): "1"
    case (10, 1): "10"
    case (10, 2): "100"
    case (2, 0...13): "\(1 << exponent)"
    default: "\(base)" + "\(exponent)".raised
    }
  }
}
