// SPDX-License-Identifier: Apache-2.0
#include "tests/layering/rules.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <regex>
#include <set>

namespace understudy::layering {
namespace {

namespace fs = std::filesystem;

/// Files whose text is ours: sources, build files, scripts and pages. Test data and samples may
/// name any path.
bool isOurText(const std::string &path)
{
    if (path.starts_with("tests/data/") || path.starts_with("tests/fuzz/corpus/")
        || path.starts_with("resources/samples/"))
        return false;
    const fs::path name(path);
    static const std::vector<std::string> endings{".cpp", ".h",  ".txt", ".cmake", ".json",
                                                  ".md",  ".sh", ".qrc", ""};
    return std::ranges::count(endings, name.extension().string()) > 0;
}

std::vector<SourceFile> readTree()
{
    const fs::path root(UNDERSTUDY_SOURCE_DIR);
    std::vector<SourceFile> files;
    for (const char *folder : {"app", "core", "installer", "resources", "tests", "ui", ".ci"}) {
        for (const fs::directory_entry &entry : fs::recursive_directory_iterator(root / folder)) {
            std::string path = entry.path().lexically_relative(root).generic_string();
            if (!entry.is_regular_file() || !isOurText(path))
                continue;
            std::ifstream stream(entry.path(), std::ios::binary);
            files.push_back({std::move(path), {std::istreambuf_iterator<char>(stream), {}}});
        }
    }
    return files;
}

TEST(Layering, TheTreeKeepsToItsPlan)
{
    const std::vector<SourceFile> files = readTree();
    ASSERT_GT(files.size(), 50u) << "the sources were not found";
    for (const Breach &breach : findBreaches(files))
        ADD_FAILURE() << breach.text();
}

/// One bad file (and what it needs around it), and the words that the report has to contain.
struct BadTree
{
    const char *name;
    std::vector<SourceFile> files;
    std::string expected;
};

void PrintTo(const BadTree &tree, std::ostream *stream) { *stream << tree.name; }

std::string source(std::string_view path, std::string_view code)
{
    return "// SPDX-License-Identifier: " + std::string(licenceOf(path)) + "\n" + std::string(code)
           + "\n";
}

SourceFile file(const char *path, std::string_view code) { return {path, source(path, code)}; }

class LayeringCatches : public testing::TestWithParam<BadTree>
{};

TEST_P(LayeringCatches, TheBreach)
{
    const std::vector<Breach> breaches = findBreaches(GetParam().files);
    ASSERT_EQ(breaches.size(), 1u) << (breaches.empty() ? "nothing found" : breaches[1].text());
    EXPECT_NE(breaches[0].text().find(GetParam().expected), std::string::npos)
        << breaches[0].text();
}

const std::vector<BadTree> &badTrees()
{
    // In two parts, so that this file does not breach the rule itself.
    static const std::string machinePath = std::string("/ho") + "me/ada/mocks";
    static const std::vector<BadTree> trees{
        {"QtInTheLibrary",
         {file("core/engine/a.h", "#include <QString>")},
         "core/engine/a.h:2: Qt stays out"},
        {"QtHeaderByFileName", {file("core/http/a.cpp", "#include <qstring.h>")}, "Qt stays out"},
        {"QtInTheCommandLine", {file("app/cli/serve.cpp", "#include <QTimer>")}, "without Qt"},
        {"AsioOutsideOfWire",
         {file("core/runtime/a.cpp", "#include <boost/asio/post.hpp>")},
         "belong to core/wire"},
        {"OpenSslInTheWindow",
         {file("ui/panels/a.cpp", "#include <openssl/ssl.h>")},
         "belong to core/wire"},
        {"AsioByWayOfAnotherHeader",
         {file("core/wire/a.h", "#include <boost/asio/post.hpp>"),
          file("core/runtime/b.h", "#include \"core/wire/a.h\"")},
         "core/runtime/b.h:2: brings boost/asio/post.hpp"},
        {"EngineUsesFormats",
         {file("core/engine/a.cpp", "#include \"core/formats/format.h\"")},
         "understudy_engine may not include core/formats/format.h"},
        {"FormatsUseTheEngine",
         {file("core/formats/a.cpp", "\n#include \"core/engine/route_index.h\"")},
         "core/formats/a.cpp:3: understudy_formats may not"},
        {"ModelUsesTheEngine",
         {file("core/model/a.h", "#include \"core/match/explanation.h\"")},
         "understudy_model may not"},
        {"EngineUsesTheWire",
         {file("core/traffic/a.h", "#include \"core/wire/listener.h\"")},
         "understudy_engine may not"},
        {"WireUsesTheRuntime",
         {file("core/wire/tls/a.h", "#include \"core/runtime/workbench.h\"")},
         "core/wire may not include core/runtime/workbench.h"},
        {"CoreUsesTheWindow",
         {file("core/control/a.h", "#include \"ui/panels/a.h\"")},
         "understudy_control may not"},
        {"ServicesUseModels",
         {file("ui/services/a.cpp", "#include \"ui/models/a.h\"")},
         "ui/services may not"},
        {"DocumentsUseModels",
         {file("ui/document/a.cpp", "#include \"ui/models/a.h\"")},
         "ui/document may not"},
        {"ModelsUsePanels",
         {file("ui/models/a.h", "#include \"ui/panels/a.h\"")},
         "ui/models may not"},
        {"ServicesUseTheDocument",
         {file("ui/services/a.cpp", "#include \"ui/document/a.h\"")},
         "ui/services may not"},
        {"SessionUsesAPanel",
         {file("ui/session/a.cpp", "#include \"ui/panels/window/a.h\"")},
         "ui/session may not"},
        {"WidgetInTheSession", {file("ui/session/a.cpp", "#include <QMessageBox>")}, "no widget"},
        {"WidgetsInAModel", {file("ui/models/a.h", "#include <QtWidgets>")}, "no widget"},
        {"CommandLineUsesTheWindow",
         {file("app/cli/a.cpp", "#include \"ui/models/a.h\"")},
         "understudy-cli may not"},
        {"SocketInMatch",
         {file("core/match/a.cpp", "#include <sys/socket.h>")},
         "sockets belong to core/wire"},
        {"ClockInTheEngine",
         {file("core/engine/a.cpp", "auto t = std::chrono::steady_clock::now();")},
         "no clock here"},
        {"TimeInBehaviour",
         {file("core/behaviour/a.cpp", "auto t = std::time(nullptr);")},
         "no clock here"},
        {"JsonTextInTheModel",
         {file("core/model/a.cpp", "#include <boost/json/parse.hpp>")},
         "no JSON or YAML text"},
        {"YamlOutsideOfFormats",
         {file("core/runtime/a.cpp", "#include <yaml.h>")},
         "YAML belongs to core/formats"},
        {"PrintingLibrary", {file("core/wire/a.cpp", "std::cerr << 1;")}, "never prints"},
        {"FaultInTheWire",
         {file("core/wire/a.cpp", "if (fault.kind == FaultKind::Reset)")},
         "knows no fault by name"},
        {"DecisionInTheWire",
         {file("core/wire/a.cpp", "server->decide(FaultMoment::Accept);")},
         "knows no fault by name"},
        {"NameOfTheStandardLibrary",
         {file("core/base/a.cpp", "std::string quoted(std::string_view text)")},
         "brings in the standard library's"},
        {"NoLicence", {{"core/base/a.h", "#pragma once\n"}}, "the first line is not"},
        {"WrongLicence",
         {{"ui/models/a.h", "// SPDX-License-Identifier: Apache-2.0\n"}},
         "GPL-3.0-or-later"},
        {"MachinePath",
         {file("core/base/a.cpp", "open(\"" + machinePath + "\");")},
         "an absolute path"},
        {"MachinePathInAPage",
         {{"resources/help/a.md", "Look into " + machinePath + "\n"}},
         "an absolute path"},
    };
    return trees;
}

INSTANTIATE_TEST_SUITE_P(All, LayeringCatches, testing::ValuesIn(badTrees()),
                         [](const auto &instance) { return std::string(instance.param.name); });

TEST(Layering, ThePageAboutTheHouseNamesWhatIsThereAndEveryRoom)
{
    const fs::path root(UNDERSTUDY_SOURCE_DIR);
    std::ifstream stream(root / "resources/help/architecture.md");
    const std::string page{std::istreambuf_iterator<char>(stream), {}};
    static const std::regex path(R"(`((?:core|ui|app|tests|resources)/[\w./]+)`)");
    std::set<std::string> named;
    for (std::sregex_iterator found(page.begin(), page.end(), path), end; found != end; ++found)
        named.insert((*found)[1]);
    EXPECT_GT(named.size(), 20u);
    for (const std::string &name : named)
        EXPECT_TRUE(fs::exists(root / name)) << name;
    for (const char *house : {"core", "ui"}) {
        for (const fs::directory_entry &entry : fs::directory_iterator(root / house)) {
            if (!entry.is_directory() || fs::is_empty(entry))
                continue;
            const std::string room = house + ('/' + entry.path().filename().string());
            EXPECT_TRUE(named.contains(room)) << room;
        }
    }
}

TEST(Layering, LetsGoodFilesPass)
{
    const std::vector<SourceFile> files{
        file("core/wire/a.cpp", "#include <boost/asio/post.hpp>\n#include <openssl/ssl.h>"),
        file("core/control/a.cpp", "#include <QHttpServer>\n#include \"core/runtime/workbench.h\""),
        file("core/base/a.cpp", "    return std::quoted(text);"),
        file("core/base/clock.h", "return std::chrono::steady_clock::now();"),
        file("core/engine/a.cpp",
             "// asks the Clock, not steady_clock::now()\nint time(int zero);"),
        file("core/formats/yaml/a.cpp", "#include <yaml.h>\n#include \"core/model/server.h\""),
        file("ui/panels/a.cpp", "#include \"ui/models/a.h\"\n#include <QWidget>"),
        {"resources/help/a.md", "GET /workspace/x and ../tmp/x\n"},
    };
    for (const Breach &breach : findBreaches(files))
        ADD_FAILURE() << breach.text();
}

} // namespace
} // namespace understudy::layering
