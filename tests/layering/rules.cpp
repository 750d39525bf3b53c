// SPDX-License-Identifier: Apache-2.0
#include "tests/layering/rules.h"

#include <algorithm>
#include <functional>
#include <initializer_list>
#include <map>
#include <optional>
#include <regex>
#include <set>

namespace understudy::layering {
namespace {

using Names = std::vector<std::string_view>;

bool isUnder(std::string_view path, const Names &folders)
{
    return std::ranges::any_of(folders,
                               [&](std::string_view folder) { return path.starts_with(folder); });
}

bool isSource(std::string_view path) { return path.ends_with(".cpp") || path.ends_with(".h"); }

/// What an include directive names; `isOurs` for "core/…" as opposed to <…>.
struct Include
{
    int line = 0;
    std::string name;
};

std::vector<std::string> linesOf(const std::string &text)
{
    std::vector<std::string> lines(1);
    for (const char c : text) {
        if (c == '\n')
            lines.emplace_back();
        else
            lines.back() += c;
    }
    return lines;
}

std::vector<Include> includesOf(const std::string &text)
{
    static const std::regex directive(R"(^\s*#\s*include\s*[<"]([^>"]+)[>"].*)");
    std::vector<Include> includes;
    int number = 0;
    for (const std::string &line : linesOf(text)) {
        ++number;
        std::smatch match;
        if (line.find("include") != std::string::npos && std::regex_match(line, match, directive))
            includes.push_back({number, match[1]});
    }
    return includes;
}

/// A row of the table of targets: the folders of a layer, and the folders of ours that it may
/// include.
struct Layer
{
    std::string_view name;
    Names folders;
    Names mayUse;
};

const std::vector<Layer> &layers()
{
    static const Names model{"core/base/", "core/http/", "core/model/"};
    static const Names engine{"core/match/", "core/template/", "core/engine/", "core/behaviour/",
                              "core/traffic/"};
    static const Names wire{"core/wire/"};
    static const Names server{"core/wire/", "core/runtime/"};
    static const Names formats{"core/formats/"};
    static const Names workspace{"core/workspace/"};
    const auto join = [](std::initializer_list<Names> parts) {
        Names all;
        for (const Names &part : parts)
            all.insert(all.end(), part.begin(), part.end());
        return all;
    };
    static const std::vector<Layer> table{
        {"base", {"core/base/"}, {"core/base/"}},
        {"http", {"core/http/"}, {"core/base/", "core/http/"}},
        {"understudy_model", {"core/model/"}, model},
        {"understudy_engine", engine, join({model, engine})},
        {"understudy_formats", formats, join({model, formats})},
        {"core/wire", wire, join({model, engine, wire})},
        {"understudy_server", server, join({model, engine, server})},
        {"understudy_workspace", workspace, join({model, engine, server, formats, workspace})},
        {"understudy_script", {"core/script/"}, join({model, engine, {"core/script/"}})},
        {"Understudy::Testing",
         {"core/testing/"},
         join({model, engine, server, formats, workspace, {"core/testing/"}})},
        {"understudy_control",
         {"core/control/"},
         join({model, engine, server, formats, workspace, {"core/control/"}})},
        {"ui/document", {"ui/document/"}, {"core/", "ui/document/", "ui/services/"}},
        {"ui/services", {"ui/services/"}, {"core/", "ui/services/"}},
        {"ui/session",
         {"ui/session/"},
         {"core/", "ui/session/", "ui/models/", "ui/document/", "ui/services/"}},
        {"ui/models", {"ui/models/"}, {"core/", "ui/models/", "ui/document/", "ui/services/"}},
        {"understudy_ui", {"ui/"}, {"core/", "ui/"}},
        {"understudy-cli", {"app/cli/"}, {"core/", "app/cli/"}},
        {"understudy", {"app/desktop/"}, {"core/", "ui/", "app/desktop/"}},
    };
    return table;
}

/// A kind of include that only some folders may have.
struct IncludeRule
{
    std::string_view rule;
    std::regex include;
    Names appliesTo;
    Names except;
};

const std::vector<IncludeRule> &includeRules()
{
    static const std::vector<IncludeRule> table{
        {"Qt stays out of the library",
         std::regex("Q[A-Z].*|Qt[A-Z].*|q[a-z]+\\.h"),
         {"core/"},
         {"core/control/", "core/script/"}},
        {"the command line runs without Qt but for one file",
         std::regex("Q[A-Z].*|Qt[A-Z].*"),
         {"app/cli/"},
         {"app/cli/qt_here.cpp"}},
        {"Asio, Beast and OpenSSL belong to core/wire",
         std::regex("boost/(asio|beast)[./].*|openssl/.*"),
         {"core/", "app/", "ui/"},
         {"core/wire/"}},
        {"sockets belong to core/wire",
         std::regex("sys/socket\\.h|netinet/.*|arpa/.*|netdb\\.h|sys/epoll\\.h"),
         {"core/base/", "core/http/", "core/model/", "core/match/", "core/template/",
          "core/engine/", "core/behaviour/", "core/traffic/", "core/formats/", "core/workspace/"},
         {}},
        {"the model knows no JSON or YAML text",
         std::regex("yaml\\.h|boost/json/"
                    "(parse|parser|basic_parser|stream_parser|serialize|serializer|src).*|boost/"
                    "json\\.hpp"),
         {"core/base/", "core/http/", "core/model/"},
         {"core/base/json_value.cpp"}}, // the one reader of JSON, for whoever has JSON to read
        {"no widget here",
         std::regex(
             "QtWidgets.*|Qsci/.*|Q(Application|.*(Widget|Dialog|MessageBox|Button|Label|Edit|Menu"
             "|Window|ToolTip|Style))"),
         {"ui/session/", "ui/models/"},
         {}},
        {"YAML belongs to core/formats",
         std::regex("yaml\\.h|yaml-cpp/.*"),
         {"core/", "app/", "ui/"},
         {"core/formats/"}},
    };
    return table;
}

/// A pattern that must not stand in the code of some folders.
struct CodeRule
{
    std::string_view rule;
    std::regex pattern;
    Names appliesTo;
};

const std::vector<CodeRule> &codeRules()
{
    static const std::vector<CodeRule> table{
        {"no clock here: time comes as an argument or from a Clock",
         std::regex(
             R"(_clock::now\b|\b(gettimeofday|clock_gettime|time)\s*\(\s*(nullptr|NULL|0|CLOCK_|&))"),
         {"core/http/", "core/model/", "core/match/", "core/template/", "core/engine/",
          "core/behaviour/"}},
        {"the library never prints or exits",
         std::regex(R"(\bstd::(cout|cerr|clog|printf|puts|exit|abort|terminate|fprintf)\b)"),
         {"core/"}},
        {"core/wire plays scripts and plans, and knows no fault by name",
         std::regex(
             R"(\b(FaultKind|TlsFault|FaultMoment|planAccept|planHandshake|planHead|buildScript)\b)"),
         {"core/wire/"}},
        {"a text as its argument brings in the standard library's function of this name, too",
         std::regex(R"(^[\w:<>][\w:<>& ]* (quoted|format)\()"),
         {"core/", "app/", "ui/", "tests/"}},
    };
    return table;
}

/// The code of a line: without what follows `//`.
std::string codeOf(const std::string &line) { return line.substr(0, line.find("//")); }

class Scan
{
public:
    explicit Scan(std::span<const SourceFile> files)
        : m_files(files)
    {
        for (const SourceFile &file : files) {
            if (isSource(file.path))
                m_includes[file.path] = includesOf(file.text);
        }
    }

    std::vector<Breach> run()
    {
        for (const SourceFile &file : m_files) {
            checkPaths(file);
            if (!isSource(file.path))
                continue;
            checkLicence(file);
            checkIncludes(file);
            checkCode(file);
            checkHeavyHeaders(file);
        }
        return std::move(m_breaches);
    }

private:
    void report(const SourceFile &file, int line, std::string rule)
    {
        m_breaches.push_back({file.path, line, std::move(rule)});
    }

    void checkPaths(const SourceFile &file)
    {
        static const std::regex machinePath(R"((^|[^a-zA-Z0-9._/-])/(work|tmp|root|home|farm)/.*)");
        int number = 0;
        for (const std::string &line : linesOf(file.text)) {
            ++number;
            if (line.find('/') != std::string::npos && std::regex_search(line, machinePath))
                report(file, number, "an absolute path of one machine");
        }
    }

    void checkLicence(const SourceFile &file)
    {
        const std::string wanted
            = "// SPDX-License-Identifier: " + std::string(licenceOf(file.path));
        if (file.text.substr(0, file.text.find('\n')) != wanted)
            report(file, 1, "the first line is not \"" + wanted + "\"");
    }

    void checkIncludes(const SourceFile &file)
    {
        const auto layer = std::ranges::find_if(layers(), [&](const Layer &candidate) {
            return isUnder(file.path, candidate.folders);
        });
        for (const Include &include : m_includes[file.path]) {
            const bool ours = isUnder(include.name, {"core/", "ui/", "app/"});
            if (ours && layer != layers().end() && !isUnder(include.name, layer->mayUse)) {
                report(file, include.line,
                       std::string(layer->name) + " may not include " + include.name);
            }
            for (const IncludeRule &rule : includeRules()) {
                if (isUnder(file.path, rule.appliesTo) && !isUnder(file.path, rule.except)
                    && std::regex_match(include.name, rule.include))
                    report(file, include.line, std::string(rule.rule) + ": " + include.name);
            }
        }
    }

    void checkCode(const SourceFile &file)
    {
        for (const CodeRule &rule : codeRules()) {
            if (!isUnder(file.path, rule.appliesTo))
                continue;
            int number = 0;
            for (const std::string &line : linesOf(file.text)) {
                ++number;
                if (std::regex_search(codeOf(line), rule.pattern))
                    report(file, number, std::string(rule.rule));
            }
        }
    }

    /// A header outside of core/wire must not bring in Asio, Beast or OpenSSL by way of others,
    /// either.
    void checkHeavyHeaders(const SourceFile &file)
    {
        if (!file.path.ends_with(".h") || !isUnder(file.path, {"core/", "ui/", "app/"})
            || isUnder(file.path, {"core/wire/"}))
            return;
        for (const Include &include : m_includes[file.path]) {
            std::set<std::string> seen;
            if (const auto heavy = reachesHeavy(include.name, seen))
                report(file, include.line,
                       "brings " + *heavy + " into a header outside of core/wire");
        }
    }

    std::optional<std::string> reachesHeavy(const std::string &name, std::set<std::string> &seen)
    {
        static const std::regex heavy("boost/(asio|beast)[./].*|openssl/.*");
        if (std::regex_match(name, heavy))
            return name;
        const auto found = m_includes.find(name);
        if (found == m_includes.end() || !seen.insert(name).second)
            return std::nullopt;
        for (const Include &next : found->second) {
            if (auto reached = reachesHeavy(next.name, seen))
                return reached;
        }
        return std::nullopt;
    }

    std::span<const SourceFile> m_files;
    std::map<std::string, std::vector<Include>> m_includes;
    std::vector<Breach> m_breaches;
};

} // namespace

std::string_view licenceOf(std::string_view path)
{
    static const Names copyleft{"resources/",    "ui/",           "app/",
                                "core/control/", "tests/ui/",     "tests/control/",
                                "tests/cli/",    "tests/bench/ui"};
    return isUnder(path, copyleft) ? "GPL-3.0-or-later" : "Apache-2.0";
}

std::vector<Breach> findBreaches(std::span<const SourceFile> files) { return Scan(files).run(); }

} // namespace understudy::layering
