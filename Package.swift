// swift-tools-version: 6.2

// The module graph, in the order of trust: a module imports only modules above it.
// `swift build --explicit-target-dependency-import-check error` refuses an undeclared import.

import PackageDescription

let package = Package(
  name: "lsrl-check",
  products: [.executable(name: "lsrl-check", targets: ["lsrl-check"])],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2")
  ],
  targets: [
    // 1. What knows nothing of LSRL.
    .systemLibrary(name: "CGMP", pkgConfig: "gmp", providers: [.apt(["libgmp-dev"])]),
    .target(name: "PropertyTesting"),
    .target(name: "CKernels", dependencies: ["CGMP"]),

    // 2. Numbers, and texts that carry them exactly.
    .target(name: "ExactArithmetic", dependencies: ["CGMP"]),
    .target(name: "ExactJSON", dependencies: ["ExactArithmetic"]),

    // 3. The trusted languages: what programs and layers are, and what they mean.
    .target(name: "LSRL", dependencies: ["ExactArithmetic", "ExactJSON"]),
    .target(name: "Architectures", dependencies: ["ExactArithmetic", "ExactJSON"]),

    // 4. From programs to layers, and from either to numbers, fast. Nothing here is trusted.
    .target(name: "Compiler", dependencies: ["ExactArithmetic", "LSRL", "Architectures"]),
    .target(
      name: "Evaluation",
      dependencies: ["CGMP", "CKernels", "ExactArithmetic", "LSRL", "Architectures"]),

    // Judges, and what finds for them; none imports the compiler. `Certificates` is trusted.
    .target(name: "Certificates", dependencies: ["ExactArithmetic", "LSRL", "Architectures"]),
    .target(
      name: "CouplingSearch",
      dependencies: ["ExactArithmetic", "Certificates"]),
    .target(name: "ErrorAnalysis", dependencies: ["ExactArithmetic", "LSRL", "Evaluation"]),

    // 5. The road: one program driven from text to verdict.
    .target(
      name: "Verification",
      dependencies: [
        "ExactArithmetic", "LSRL", "Architectures", "Compiler", "Evaluation",
        "Certificates", "CouplingSearch", "ErrorAnalysis", "PropertyTesting",
      ]),

    // 6. What we claim, one claim per file; what we measure; what we report.
    .target(
      name: "Benchmarks",
      dependencies: [
        "CKernels", "ExactArithmetic", "ExactJSON", "LSRL", "Architectures", "Compiler", "Evaluation",
        "ErrorAnalysis", "Verification", "Properties", "PropertyTesting",
      ],
      exclude: ["Peers"]),
    .target(name: "Reports", dependencies: ["ExactArithmetic", "ExactJSON", "LSRL"]),
    .target(
      name: "Properties",
      dependencies: [
        "PropertyTesting", "ExactArithmetic", "ExactJSON", "LSRL", "Architectures", "Compiler",
        "Evaluation", "Certificates", "ErrorAnalysis", "Verification",
      ],
      path: "properties"),

    // 7. The command.
    .executableTarget(
      name: "lsrl-check",
      dependencies: [
        "PropertyTesting", "ExactArithmetic", "ExactJSON", "LSRL", "Architectures", "Compiler",
        "Evaluation", "Certificates", "ErrorAnalysis", "Verification", "Properties", "Benchmarks", "Reports",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ]),

    // What tests share: where fixtures lie, and how they are recorded.
    .target(name: "FixtureFiles", path: "Tests/FixtureFiles"),

    .testTarget(name: "PropertyTestingTests", dependencies: ["PropertyTesting"]),
    .testTarget(name: "ExactArithmeticTests", dependencies: ["ExactArithmetic"]),
    .testTarget(name: "ExactJSONTests", dependencies: ["ExactJSON", "ExactArithmetic"]),
    .testTarget(
      name: "LSRLTests", dependencies: ["LSRL", "ExactArithmetic", "ExactJSON", "FixtureFiles"]),
    .testTarget(
      name: "ArchitecturesTests",
      dependencies: ["Architectures", "ExactArithmetic", "ExactJSON", "FixtureFiles"]),
    .testTarget(
      name: "CompilerTests",
      dependencies: [
        "Compiler", "LSRL", "Architectures", "ExactArithmetic", "ExactJSON", "FixtureFiles",
      ]),
    .testTarget(
      name: "EvaluationTests",
      dependencies: [
        "Evaluation", "Compiler", "LSRL", "Architectures", "ExactArithmetic", "ExactJSON",
        "PropertyTesting", "FixtureFiles",
      ]),
    .testTarget(
      name: "CertificatesTests",
      dependencies: [
        "Certificates", "Compiler", "LSRL", "Architectures", "ExactArithmetic", "ExactJSON",
        "FixtureFiles",
      ]),
    .testTarget(
      name: "CouplingSearchTests",
      dependencies: [
        "CouplingSearch", "Certificates", "Compiler", "LSRL", "Architectures", "ExactArithmetic",
        "ExactJSON", "FixtureFiles",
      ]),
    .testTarget(
      name: "ErrorAnalysisTests",
      dependencies: [
        "ErrorAnalysis", "Evaluation", "Compiler", "LSRL", "Architectures", "ExactArithmetic",
        "ExactJSON", "FixtureFiles",
      ]),
    .testTarget(
      name: "BenchmarksTests",
      dependencies: ["Benchmarks", "Evaluation", "LSRL", "ExactArithmetic", "FixtureFiles"]),
    .testTarget(
      name: "ReportsTests",
      dependencies: [
        "Reports", "ErrorAnalysis", "Evaluation", "Verification", "LSRL", "Architectures",
        "ExactArithmetic", "ExactJSON", "FixtureFiles",
      ]),
    .testTarget(
      name: "VerificationTests",
      dependencies: [
        "Verification", "Compiler", "LSRL", "Architectures", "ExactArithmetic", "ExactJSON",
        "FixtureFiles",
      ]),
    .testTarget(
      name: "PropertiesTests",
      dependencies: [
        "Properties", "PropertyTesting", "Compiler", "LSRL", "Architectures", "Verification",
        "ExactArithmetic", "ExactJSON", "FixtureFiles",
      ]),
    .testTarget(name: "CommandTests", dependencies: ["lsrl-check", "FixtureFiles"]),
  ],
  swiftLanguageModes: [.v6]
)
