import ExactArithmetic
import ExactJSON

/// What a program's `Input` declares of each coordinate of a token, in the corpus's form:
/// `"ranges": [[0, 1], [null, "5/2"], null]`, and `"steps": [1, null, null]`. Either may be missing.
struct Declarations {
  let ranges: [Interval]?
  let steps: [Rational?]?

  init(of program: Program) {
    let (ranges, steps) = (program.inputRanges, program.inputSteps)
    self.ranges = ranges.contains { $0 != .everything } ? ranges : nil
    self.steps = steps.contains { $0 != nil } ? steps : nil
  }

  /// `item`: a node, `dimension` its.
  init(reading item: JSONPath, dimension: Int) throws(JSONContentError) {
    var ranges: [Interval] = []
    for element in try item.optional("ranges")?.elements(count: dimension) ?? [] {
      ranges.append(try element.range())
    }
    self.ranges = ranges.isEmpty ? nil : ranges
    var steps: [Rational?] = []
    for element in try item.optional("steps")?.elements(count: dimension) ?? [] {
      let step = try element.numberIfAny()
      if let step, step <= 0 { throw element.error(expecting: "a positive number or null") }
      steps.append(step)
    }
    self.steps = steps.isEmpty ? nil : steps
  }

  var members: [JSONValue.Member] {
    var members: [JSONValue.Member] = []
    if let ranges { members.append(.init("ranges", .array(ranges.map(\.json)))) }
    if let steps {
      members.append(.init("steps", .array(steps.map { $0.map { JSONValue($0) } ?? .null })))
    }
    return members
  }
}

extension Interval {
  fileprivate var json: JSONValue {
    if self == .everything { return .null }
    return .array([lower, upper].map { $0.map { JSONValue($0) } ?? .null })
  }
}

extension JSONPath {
  fileprivate func elements(count: Int) throws(JSONContentError) -> [JSONPath] {
    let elements = try elements()
    guard elements.count == count else {
      throw error(expecting: "\(count) elements", found: "\(elements.count)")
    }
    return elements
  }

  fileprivate func numberIfAny() throws(JSONContentError) -> Rational? {
    if case .null = value { return nil }
    return try number()
  }

  fileprivate func range() throws(JSONContentError) -> Interval {
    if case .null = value { return .everything }
    let bounds = try elements(count: 2)
    let (lower, upper) = (try bounds[0].numberIfAny(), try bounds[1].numberIfAny())
    if let lower, let upper, lower > upper {
      throw error(expecting: "a range [lowest, highest]", found: "one that descends")
    }
    return Interval(lower, upper)
  }
}
