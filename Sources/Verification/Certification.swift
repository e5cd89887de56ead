import Architectures
import Certificates
import CouplingSearch
import ExactArithmetic
import LSRL

/// What came of looking for a certificate that a compiled form has the program's outputs.
public enum Certification: Sendable {
  /// The judge accepted it.
  case certified(Certificate, CertifiedScope)

  /// The outputs are not the program's on these tokens.
  case different(on: [[Rational]])

  /// None was found. Says nothing about the outputs.
  case incomplete(String)

  public var isCertified: Bool { if case .certified = self { true } else { false } }
}

/// On which sequences the outputs are certified to be the program's.
public enum CertifiedScope: Hashable, Sendable {
  /// On all. The certificate is about the programs in blocks of so many tokens; 1: as they are.
  case always(block: Int)

  /// On those of up to so many tokens. The certificate is about the programs unrolled.
  case upTo(Int)

  public func covers(length: Int) -> Bool {
    switch self {
    case .always: true
    case .upTo(let limit): length <= limit
    }
  }
}

extension CertifiedScope: CustomStringConvertible {
  public var description: String {
    switch self {
    case .always(1): "certified"
    case .always(let block): "certified in blocks of \(block)"
    case .upTo(let limit): "certified up to \(limit) tokens"
    }
  }
}

extension Compilation {
  /// How far a certificate reaches for networks that are made for bounded lengths only: both
  /// programs are unrolled, which takes time with the length.
  public static let certifiedLength = 6

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
  /// A certificate that the network has this program's outputs: on sequences of any length, or where
  /// it is made for bounded ones, of up to `length` tokens at most. Not looked for if source and
  /// network remember more than `memoryLimit` numbers together: time grows with their cube.
  public func certification(
    of stack: LayerStack, upTo length: Int = Compilation.certifiedLength, memoryLimit: Int = 4_000
  ) -> Certification {
    do throws(UnfoldingError) {
      let target = try CellProgram(stack)
      let size =
        graph.rememberedCount + target.initial.reduce(0) { $0 + $1.count }
      guard size <= memoryLimit else {
        return .incomplete("\(size) remembered numbers, more than \(memoryLimit)")
      }
      return certification(of: target, upTo: stack.maximumLength.map { min($0, length) })
    } catch {
      return .incomplete("\(error)")
    }
  }

  /// A certificate that `target` has this program's outputs, on sequences of any length, or of up
  /// to `length` tokens.
  public func certification(
    of target: CellProgram, upTo length: Int? = nil, report: (@Sendable (String) -> Void)? = nil
  ) -> Certification {
    if let length { return certification(of: target, .upTo(length), attempts: 6, report) }
    let first = certification(of: target, .always(block: 1), attempts: 3, report)
    guard case .incomplete(let reason) = first else { return first }
    // What alternates from step to step is steady from every other step to the next but one.
    let second = certification(of: target, .always(block: 2), attempts: 3, report)
    if case .incomplete = second { return .incomplete(reason) }
    return second
  }

  private func certification(
    of target: CellProgram, _ scope: CertifiedScope, attempts: Int,
    _ report: (@Sendable (String) -> Void)?
  ) -> Certification {
    let size = inputRanges.count
    let scoped: (source: CellProgram, target: CellProgram)
    do throws(Malformation) {
      scoped = (
        try CellProgram(graph).within(scope, reading: size), try target.within(scope, reading: size)
      )
    } catch {
      return .incomplete("\(error)")
    }
    var search = CouplingSearch(
      source: scoped.source, target: scoped.target,
      inputBounds: (0..<scope.tokensTogether).flatMap { _ in inputRanges })
    search.report = report
    search.attempts = attempts
    switch search.run() {
    case .found(let certificate): return .certified(certificate, scope)
    case .different(let tokens):
      return .different(
        on: tokens.flatMap { token in
          stride(from: 0, to: token.count, by: size).map { Array(token[$0..<$0 + size]) }
        })
    case .notFound(let reason): return .incomplete(reason)
    }
  }
}

extension Graph {
  /// How many numbers its states hold.
  fileprivate var rememberedCount: Int {
    nodes.reduce(0) { sum, node in
      if case .linState(let state) = node.operation { sum + state.dimension } else { sum }
    }
  }
}

extension CertifiedScope {
  /// How many tokens the programs of the certificate read on top of each other.
  public var tokensTogether: Int {
    switch self {
    case .always(let block): block
    case .upTo(let limit): limit
    }
  }
}

extension CellProgram {
  /// This program as certificates of this scope have it.
  public func within(
    _ scope: CertifiedScope, reading inputDimension: Int
  ) throws(Malformation) -> CellProgram {
    switch scope {
    case .always(1): self
    case .always(let block): try inBlocks(of: block, reading: inputDimension)
    case .upTo(let limit): try unrolled(steps: limit, reading: inputDimension)
    }
  }
}
