import ExactArithmetic

/// A place where the library needs a constant that is large enough: the steepness μ of an f_step,
/// or the λ that shuts the branches of an f_ifelse.
///
/// Sites are numbered in the order in which a program is built. The numbers do not depend on what
/// constants are chosen, so that a program can be built once to learn its sites and again with
/// other constants at some of them.
public struct ConstantSite: Hashable, Sendable {
  public enum Role: Hashable, Sendable {
    /// f_step(source, μ) is 0 or 1 if no value of the source is between 0 and 1/μ.
    case steepness(source: NodeID)

    /// f_ifelse(c, t, f, λ) is t or f if each of `guards`, which are c or steps of it, is 0 or 1,
    /// and λ is at least the magnitude of each of `values`, which are t and f.
    case guarding(guards: [NodeID], values: [NodeID])
  }

  public let number: Int
  public let role: Role

  /// What the program says.
  public let written: Rational

  /// What it was built with.
  public let used: Rational

  /// The node whose value the function returns.
  public let result: NodeID

  /// The call that it belongs to.
  public let origin: Origin?
}

extension ProgramBuilder {
  /// The next site's number, and the constant to use there. Each call of a function must take as
  /// many numbers whatever the constants are.
  mutating func takeConstant(written: Rational) -> (number: Int, value: Rational) {
    let number = nextSite
    nextSite += 1
    return (number, chosenConstants[number] ?? written)
  }

  mutating func record(
    _ constant: (number: Int, value: Rational), written: Rational, _ role: ConstantSite.Role,
    result: Wire
  ) {
    constantSites.append(
      ConstantSite(
        number: constant.number, role: role, written: written, used: constant.value,
        result: result.node, origin: origin))
  }
}
