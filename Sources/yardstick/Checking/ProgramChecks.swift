import CSodium
import CWebAssets
import Engines
import Features
import Vocabulary

/// What the program itself needs: the libraries that it runs with and what is built into it.
enum ProgramChecks {
    /// All of them.
    static func all() -> [DoctorCheck] { [version, duckdb, sodium, sqlite, timeZones, webApp] }

    private static var version: DoctorCheck {
        let commit = Version.commit.map { "commit \($0)" } ?? "built outside of a repository"
        return .good("program", "\(Version.number), \(commit)")
    }

    private static var duckdb: DoctorCheck {
        let version = DuckDBEngine.version
        let number = version.drop { $0 == "v" }.split(separator: ".").first.flatMap { Int($0) }
        guard let number, number >= 2 || version.contains("dev") else {
            return .problem(
                "DuckDB", "\(version), which is too old; 2.0 is needed",
                hint: "run 'make setup', or install libduckdb 2.0")
        }
        return .good("DuckDB", version)
    }

    private static var sodium: DoctorCheck {
        guard sodium_init() >= 0 else {
            return .problem(
                "libsodium", "it does not start",
                hint: "install libsodium again: apt-get install --reinstall libsodium23")
        }
        return .good("libsodium", String(cString: sodium_version_string()))
    }

    private static var sqlite: DoctorCheck {
        do throws(Failure) {
            return .good("SQLite", try StateLibrary.version())
        } catch { return .problem("SQLite", error) }
    }

    private static var timeZones: DoctorCheck {
        let version = Zone.rulesVersion
        guard Zone(name: "Europe/Berlin") != nil else {
            return .problem(
                "time zones", "the rules of the time zones are not there",
                hint: "install them: apt-get install tzdata")
        }
        return .good("time zones", version.isEmpty ? "of the system" : "rules \(version)")
    }

    private static var webApp: DoctorCheck {
        let count = web_asset_count()
        guard count > 0 else {
            return .warning(
                "web app", "it is not built into this program, so 'serve' shows no pages",
                hint: "build with 'make build'")
        }
        return .good("web app", counted(Int(count), "file"))
    }
}
