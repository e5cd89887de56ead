/// What came of looking for certificates over many cases, as trials count it.
public struct CertificateTally: Sendable {
  public struct Row: Sendable {
    public let route: String

    /// Cases in which a certificate was looked for.
    public internal(set) var tried = 0

    /// By what the certificate says, such as "certified" or "certified in blocks of 2".
    public internal(set) var found: [String: Int] = [:]

    public var certified: Int { found.values.reduce(0, +) }
  }

  /// By route, in alphabetical order.
  public private(set) var rows: [Row] = []

  public var tried: Int { rows.reduce(0) { $0 + $1.tried } }
  public var certified: Int { rows.reduce(0) { $0 + $1.certified } }

  /// `coverage`: how many cases had which label.
  public init(_ coverage: [String: Int]) {
    var rows: [String: Row] = [:]
    for (label, count) in coverage where label.hasPrefix(Self.prefix) {
      let words = label.dropFirst(Self.prefix.count).split(separator: ":", maxSplits: 1)
      guard words.count == 2 else { continue }
      let (route, result) = (String(words[0]), String(words[1].dropFirst()))
      rows[route, default: Row(route: route)].tried += count
      if result != Self.missing { rows[route]?.found[result, default: 0] += count }
    }
    self.rows = rows.values.sorted { $0.route < $1.route }
  }

  private static let prefix = "certificate of "
  private static let missing = "none found"

  /// The label of a case in which one was found, that says `scope`; nil: none was.
  static func label(_ route: String, _ scope: String?) -> String {
    "\(prefix)\(route): \(scope ?? missing)"
  }

  public static func isLabel(_ label: String) -> Bool { label.hasPrefix(prefix) }
}
