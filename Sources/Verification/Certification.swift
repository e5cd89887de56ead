import Architectures
import Certificates
import CouplingSearch
import ExactArithmetic
import LSRL

/// What came of looking for a certificate that a compiled form has the program's outputs.
public enum Certification: Sendable {
  /// The judge accepted it: the outputs are the program's on every sequence; or, for a network made
  /// for bounded lengths, on every sequence of up to `length` tokens.
  case certified(Certificate, length: Int?)

  /// The outputs are not the program's on these tokens.
  case different(on: [[Rational]])

  /// None was found. Says nothing about the outputs.
  case incomplete(String)

  public var isCertified: Bool { if case .certified = self { true } else { false } }
}

extension Compilation {
  /// How far a certificate reaches for networks that are made for bounded lengths only: both
  /// programs are unrolled, which takes time with the length.
  public static let certifiedLength = 12

  /// A certificate for each route that was not refused, straight from the source. Networks for
  /// bounded lengths are certified up to `length` tokens at most.
  public func certifications(
    upTo length: Int = certifiedLength
  ) -> [(route: Route, certification: Certification)] {
    var results: [(route: Route, certification: Certification)] = []
    for route in compiledRoutes { results.append((route, certification(of: route, upTo: length))) }
    return results
  }

  /// The routes that exist for this program, without the source itself.
  public var compiledRoutes: [Route] {
    var routes: [Route] = []
    if case .success = rules { routes.append(.rules) }
    routes.append(.lean)
    for (architecture, stack) in stacks {
      if case .success = stack { routes.append(.architecture(architecture)) }
    }
    return routes
  }

  /// A certificate for `route`; see `certifications(upTo:)`.
  /// `report` is told what is tried.
  public func certification(
    of route: Route, upTo length: Int = certifiedLength,
    report: (@Sendable (String) -> Void)? = nil
  ) -> Certification {
    let target: CellProgram
    var limit: Int?
    do throws(UnfoldingError) {
      (target, limit) = try unfolded(route)
    } catch {
      return .incomplete("\(error)")
    }
    return program.certification(
      of: target, upTo: limit.map { min($0, length) }, report: report)
  }

  /// What `route` computes, and up to which length it is the program; nil: any.
  private func unfolded(
    _ route: Route
  ) throws(UnfoldingError) -> (program: CellProgram, length: Int?) {
    switch route {
    case .source: return (CellProgram(program.graph), nil)
    case .lean: return (CellProgram(lean), nil)
    case .rules:
      guard case .success(let debranched) = rules else {
        preconditionFailure("no path by the rules")
      }
      return (CellProgram(debranched.path), nil)
    case .architecture(let architecture):
      guard
        case .success(let stack)? = stacks.first(where: { $0.architecture == architecture })?.stack
      else { preconditionFailure("no layers for \(architecture.rawValue)") }
      return (try CellProgram(stack), stack.maximumLength)
    }
  }
}

extension Program {
  /// A certificate that `target` has this program's outputs, on sequences of any length, or of up
  /// to `length` tokens.
  public func certification(
    of target: CellProgram, upTo length: Int? = nil, report: (@Sendable (String) -> Void)? = nil
  ) -> Certification {
    var source = CellProgram(graph)
    var target = target
    var bounds = inputRanges
    if let length {
      do throws(Malformation) {
        source = try source.unrolled(steps: length, reading: inputRanges.count)
        target = try target.unrolled(steps: length, reading: inputRanges.count)
      } catch {
        return .incomplete("\(error)")
      }
      bounds = (0..<length).flatMap { _ in inputRanges }
    }
    var search = CouplingSearch(source: source, target: target, inputBounds: bounds)
    search.report = report
    switch search.run() {
    case .found(let certificate): return .certified(certificate, length: length)
    case .different(let tokens): return .different(on: split(tokens, unrolled: length != nil))
    case .notFound(let reason): return .incomplete(reason)
    }
  }

  /// Tokens that a program read on top of each other, one by one.
  private func split(_ tokens: [[Rational]], unrolled: Bool) -> [[Rational]] {
    guard unrolled, let last = tokens.last else { return tokens }
    let size = inputRanges.count
    return stride(from: 0, to: last.count, by: size).map { Array(last[$0..<$0 + size]) }
  }
}
