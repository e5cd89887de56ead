import Architectures
import Certificates
import Compiler
import CouplingSearch
import ExactArithmetic
import LSRL

/// What came of looking for a certificate that a compiled form has the program's outputs.
public enum Certification: Sendable {
  /// The judge accepted it.
  case certified(Certificate, CertifiedScope)

  /// The judge accepted certificates one behind the other, from the program to what is asked for.
  case certifiedThrough(CertifiedMiddle, CertificateChain, CertifiedScope)

  /// The outputs are not the program's on these tokens.
  case different(on: [[Rational]])

  /// None was found. Says nothing about the outputs.
  case incomplete(String)

  public var isCertified: Bool { found != nil }

  /// What was accepted, and of which sequences it speaks.
  public var found: (chain: CertificateChain, scope: CertifiedScope)? {
    switch self {
    case .certified(let certificate, let scope): (CertificateChain(certificate), scope)
    case .certifiedThrough(_, let chain, let scope): (chain, scope)
    case .different, .incomplete: nil
    }
  }

  /// What is certified, such as "certified in blocks of 2 through the lean path"; nil if nothing is.
  public var verdict: String? {
    switch self {
    case .certified(_, let scope): "\(scope)"
    case .certifiedThrough(let middle, _, let scope): "\(scope) through \(middle)"
    case .different, .incomplete: nil
    }
  }
}

/// What is between a program and what it is compiled to, where one step does not show that they agree.
public enum CertifiedMiddle: Hashable, Sendable {
  case leanPath

  /// Programs that remember sums of what the others remember, so that bounds of sums may be claimed;
  /// between the program itself and what it is compiled to, or between the lean path and that.
  case sums(afterLeanPath: Bool)
}

extension CertifiedMiddle: CustomStringConvertible {
  public var description: String {
    switch self {
    case .leanPath: "the lean path"
    case .sums(false): "bounds of sums"
    case .sums(true): "the lean path and bounds of sums"
    }
  }
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

  /// A certificate for `route`; see `certifications(upTo:)`. What is not seen to have the program's
  /// outputs may be seen to have those of the lean path, and that the program's.
  /// `report` is told what is tried. `work`: after so many products of a weight and a number
  /// nothing new is tried; nil: nothing is left untried.
  public func certification(
    of route: Route, upTo length: Int = certifiedLength, work: Int? = nil,
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
      of: target, upTo: limit.map { min($0, length) }, through: route == .lean ? nil : lean,
      within: work.map { SearchBudget(products: $0) }, report: report)
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
  ///
  /// `path`: what the network was made of, if it is known. `work`: see `Compilation.certification`.
  public func certification(
    of stack: LayerStack, upTo length: Int = Compilation.certifiedLength,
    through path: PathGraph? = nil, memoryLimit: Int = 4_000, work: Int? = nil
  ) -> Certification {
    do throws(UnfoldingError) {
      let target = try CellProgram(stack)
      let size =
        graph.rememberedCount + target.initial.reduce(0) { $0 + $1.count }
      guard size <= memoryLimit else {
        return .incomplete("\(size) remembered numbers, more than \(memoryLimit)")
      }
      return certification(
        of: target, upTo: stack.maximumLength.map { min($0, length) }, through: path,
        within: work.map { SearchBudget(products: $0) })
    } catch {
      return .incomplete("\(error)")
    }
  }

  /// A certificate that `target` has this program's outputs, on sequences of any length, or of up
  /// to `length` tokens, else of up to half as many. If none is found, two are looked for that go
  /// through `path`.
  public func certification(
    of target: CellProgram, upTo length: Int? = nil, through path: PathGraph? = nil,
    within budget: SearchBudget? = nil, report: (@Sendable (String) -> Void)? = nil
  ) -> Certification {
    let source = CellProgram(graph)
    let search = CertificateSearch(inputRanges: inputRanges, budget: budget, report: report)
    var reason: String?
    // What alternates from step to step is steady from every other step to the next but one. Where
    // products of sums over all tokens are too large to be multiplied out, those over half may not be.
    let scopes: [CertifiedScope] =
      length.map { $0 > 1 ? [.upTo($0), .upTo($0 / 2)] : [.upTo($0)] }
      ?? [.always(block: 1), .always(block: 2)]
    for scope in scopes {
      let found = search.certification(of: source, target, scope)
      guard case .incomplete(let why) = found else { return found }
      reason = reason ?? why
      if budget?.isSpent == true { break }
      guard let path else { continue }
      let chain = search.certification(of: source, target, through: CellProgram(path), scope)
      guard case .incomplete = chain else { return chain }
      if budget?.isSpent == true { break }
    }
    if length == nil, budget?.isSpent != true,
      let found = search.throughSums(source, target, path: path)
    {
      return found
    }
    if length == nil, let found = search.nearby(source, target) { return found }
    return .incomplete(reason ?? "nothing was tried")
  }
}

/// Looks for certificates of programs that read tokens within some ranges.
private struct CertificateSearch {
  let inputRanges: [Interval]
  let budget: SearchBudget?
  let report: (@Sendable (String) -> Void)?

  /// Of `target` against `path`, if there is one of `path` against `source`.
  func certification(
    of source: CellProgram, _ target: CellProgram, through path: CellProgram,
    _ scope: CertifiedScope
  ) -> Certification {
    report?("through the path")
    guard case .certified(let first, _) = certification(of: source, path, scope) else {
      return .incomplete("nothing shows that the path has the outputs")
    }
    switch certification(of: path, target, scope) {
    case .certified(let second, _):
      return .certifiedThrough(.leanPath, chain([first, second]), scope)
    // On these tokens, as the path's outputs are certified to be the source's.
    case .different(let tokens): return .different(on: tokens)
    case .incomplete(let reason): return .incomplete(reason)
    case .certifiedThrough: preconditionFailure("a certificate is no chain")
    }
  }

  private func chain(_ certificates: [Certificate]) -> CertificateChain {
    guard let chain = CertificateChain(certificates) else {
      preconditionFailure("two searches read one program in two ways")
    }
    return chain
  }

  /// With programs in between that remember sums; straight from the source, or from the path.
  func throughSums(
    _ source: CellProgram, _ target: CellProgram, path: PathGraph?
  ) -> Certification? {
    func search(_ source: CellProgram) -> [Certificate]? {
      var search = CouplingSearch(source: source, target: target, inputBounds: inputRanges)
      search.report = report
      search.budget = budget
      search.attempts = 8
      search.firstAttempt = 4
      search.triesOrders = true
      return search.runThroughJointBounds()
    }
    if let found = search(source) {
      if found.count == 1 { return .certified(found[0], .always(block: 1)) }
      return .certifiedThrough(.sums(afterLeanPath: false), chain(found), .always(block: 1))
    }
    guard let path = path.map({ CellProgram($0) }),
      case .certified(let first, _) = certification(of: source, path, .always(block: 1)),
      let rest = search(path)
    else { return nil }
    return .certifiedThrough(
      .sums(afterLeanPath: true), chain([first] + rest), .always(block: 1))
  }

  /// With claims that are tried around what programs come to: finds more, but takes longer. In
  /// blocks as long as a clock that the program has, the clock stands still, and in those of even
  /// length what alternates, as some networks do whatever the program.
  func nearby(_ source: CellProgram, _ target: CellProgram) -> Certification? {
    let periods = source.clockPeriods.map { $0.isMultiple(of: 2) ? $0 : 2 * $0 }
    let even = Set(periods.isEmpty ? [2] : periods).filter { $0 <= Self.longestBlock }.sorted()
    for block in [1] + even where budget?.isSpent != true {
      report?("around the states that the programs come to, in blocks of \(block)")
      let found = certification(of: source, target, .always(block: block)) { search in
        search.staysNear = true
        search.triesOrders = false
        search.attempts = 2
        search.budget = budget ?? SearchBudget(products: Self.mostProductsNearby)
      }
      guard case .incomplete = found else { return found }
    }
    return nil
  }

  private static let longestBlock = 6

  /// By block size. Of the corpus, the hardest take some tens of millions.
  private static let mostProductsNearby = 1_000_000_000

  func certification(
    of source: CellProgram, _ target: CellProgram, _ scope: CertifiedScope,
    by change: (inout CouplingSearch) -> Void = { _ in }
  ) -> Certification {
    let size = inputRanges.count
    let scoped: (source: CellProgram, target: CellProgram)
    do throws(Malformation) {
      scoped = (
        try source.within(scope, reading: size), try target.within(scope, reading: size)
      )
    } catch {
      return .incomplete("\(error)")
    }
    var search = CouplingSearch(
      source: scoped.source, target: scoped.target,
      inputBounds: (0..<scope.tokensTogether).flatMap { _ in inputRanges })
    search.report = report
    search.budget = budget
    search.attempts = scope.attempts
    search.triesOrders = true
    change(&search)
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

extension CertifiedScope {
  /// How often claims are guessed anew.
  fileprivate var attempts: Int { if case .upTo = self { 6 } else { 4 } }
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
