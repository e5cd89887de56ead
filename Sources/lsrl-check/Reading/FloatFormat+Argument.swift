import ArgumentParser
import ErrorAnalysis

extension FloatFormat: ExpressibleByArgument {
  public init?(argument: String) {
    guard let format = FloatFormat.catalogue.first(where: { $0.name == argument }) else {
      return nil
    }
    self = format
  }

  public static var allValueStrings: [String] { catalogue.map(\.name) }
}
