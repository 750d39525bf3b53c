// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/cli/folder.h"
#include "tests/cli/process.h"

#include <gmock/gmock.h>

#include <filesystem>

namespace understudy::cli_test {
namespace {

using testing::HasSubstr;

constexpr const char *mockoonEnvironment = R"({
  "uuid": "323a25c6-b196-4d27-baf8-8aeb83d87c76", "lastMigration": 33, "name": "Pet shop",
  "port": 3005, "hostname": "", "endpointPrefix": "", "latency": 0, "folders": [],
  "routes": [{
    "uuid": "1d6e9d0f-d5d6-4f3d-9f3e-7f8c8f1f5a11", "type": "http", "documentation": "", "method": "get",
    "endpoint": "pets", "responseMode": null, "streamingMode": null, "streamingInterval": 0,
    "responses": [{
      "uuid": "8f7c3f0e-32b5-4ae3-9d7b-2f0c4d1e7b10", "body": "[\"cat\"]", "latency": 0, "statusCode": 200,
      "label": "", "headers": [{"key": "Content-Type", "value": "application/json"}],
      "bodyType": "INLINE", "filePath": "", "databucketID": "", "sendFileAsBody": false, "rules": [],
      "rulesOperator": "OR", "disableTemplating": false, "fallbackTo404": false, "default": true,
      "crudKey": "id", "callbacks": []}]}],
  "rootChildren": [{"type": "route", "uuid": "1d6e9d0f-d5d6-4f3d-9f3e-7f8c8f1f5a11"}],
  "proxyMode": false, "proxyHost": "", "proxyRemovePrefix": false, "tlsOptions": {"enabled": false},
  "cors": false, "headers": [], "proxyReqHeaders": [], "proxyResHeaders": [], "data": [], "callbacks": []
})";

TEST(CommandLine, ShowsTheCommandsAndExits0)
{
    const Finished run = runCli({"--help"});
    EXPECT_EQ(run.exitCode, 0);
    for (const char *command : {"serve", "import", "export", "validate", "formats", "ca"})
        EXPECT_THAT(run.output, HasSubstr(command));
}

TEST(CommandLine, ShowsTheOptionsOfACommand)
{
    const Finished run = runCli({"serve", "--help"});
    EXPECT_EQ(run.exitCode, 0);
    EXPECT_THAT(run.output, HasSubstr("--control-port N"));
}

TEST(CommandLine, NamesTheNearestOption)
{
    const Finished run = runCli({"serve", "--prot", "1", "x"});
    EXPECT_EQ(run.exitCode, 1);
    EXPECT_THAT(run.error, HasSubstr("unknown option --prot; did you mean --port?"));
}

TEST(CommandLine, NamesTheNearestCommand)
{
    const Finished run = runCli({"serv"});
    EXPECT_EQ(run.exitCode, 1);
    EXPECT_THAT(run.error, HasSubstr("did you mean serve?"));
}

TEST(CommandLine, RefusesANumberThatIsNoPort)
{
    const Finished run = runCli({"serve", "--port=65536", "x"});
    EXPECT_EQ(run.exitCode, 1);
    EXPECT_THAT(run.error, HasSubstr("--port takes a whole number from 0 to 65535, not \"65536\""));
}

TEST(Formats, ListsThoseOfThisVersion)
{
    const Finished run = runCli({"formats"});
    EXPECT_EQ(run.exitCode, 0);
    EXPECT_THAT(run.output, HasSubstr("native"));
    EXPECT_THAT(run.output, HasSubstr("mockoon"));
}

TEST(Validate, AcceptsAGoodFile)
{
    const Folder folder;
    const Finished run
        = runCli({"validate", folder.write("a.mock.yaml", mockFile("A", "/a", "yes"))});
    EXPECT_EQ(run.exitCode, 0) << run.output;
    EXPECT_EQ(run.output, "");
}

TEST(Validate, PrintsEveryProblemWithItsPlace)
{
    const Folder folder;
    const std::string file = folder.write("a.mock.yaml", "understudy: 1\nname: A\nendpoints:\n"
                                                         "- path: /a\n  metod: GET\n  responses:\n"
                                                         "  - statsu: 200\n");
    const Finished run = runCli({"validate", file});
    EXPECT_EQ(run.exitCode, 1);
    EXPECT_THAT(run.output, HasSubstr(file + ":5:3: "));
    EXPECT_THAT(run.output, HasSubstr(file + ":7:5: "));
}

TEST(Validate, ReadsTheScriptsThatAFileNames)
{
    const Folder folder;
    folder.write("a.js", "module.exports = () => {\n  return (;\n};\n");
    const std::string file
        = folder.write("a.mock.yaml", "understudy: 1\nname: A\nendpoints:\n"
                                      "- {path: /a, responses: [{script: a.js}]}\n"
                                      "- {path: /b, responses: [{script: gone.js}]}\n");
    const Finished run = runCli({"validate", file});
    EXPECT_THAT(run.output, HasSubstr(file + ":5:35: warning: the script 'gone.js' is missing"));
    if (run.error.find("built without JavaScript") != std::string::npos)
        return;
    EXPECT_EQ(run.exitCode, 1);
    EXPECT_THAT(run.output, HasSubstr(file + ":4:35: a.js:2: SyntaxError"));
}

TEST(Validate, LooksAtAllFilesOfAFolderThoughOneIsBroken)
{
    const Folder folder;
    folder.write("good.mock.yaml", mockFile("Good", "/a", "yes"));
    folder.write("broken.mock.yaml", "understudy: 1\nname: [\n");
    folder.write("wrong.mock.yaml", "understudy: 1\nnaem: A\n");
    const Finished run = runCli({"validate", folder.path()});
    EXPECT_EQ(run.exitCode, 1);
    EXPECT_THAT(run.output, HasSubstr("broken.mock.yaml:"));
    EXPECT_THAT(run.output, HasSubstr("wrong.mock.yaml:2:1: "));
    EXPECT_THAT(run.error, HasSubstr("1 server, "));
}

TEST(Validate, FindsAnExpressionThatDoesNotCompile)
{
    const Folder folder;
    const std::string file = folder.write("a.mock.yaml", mockFile("A", "'regex:(['", "yes"));
    const Finished run = runCli({"validate", file});
    EXPECT_EQ(run.exitCode, 1);
    EXPECT_THAT(run.output, HasSubstr(file + ":7:9: "));
    const Finished serve = runCli({"serve", file});
    EXPECT_EQ(serve.exitCode, 1);
    EXPECT_THAT(serve.error, HasSubstr(file + ":7:9: "));
}

TEST(Validate, NamesAFileThatIsNotThere)
{
    const Finished run = runCli({"validate", "nowhere.mock.yaml"});
    EXPECT_EQ(run.exitCode, 1);
    EXPECT_THAT(run.output, HasSubstr("nowhere.mock.yaml: "));
}

TEST(Import, WritesOneMockFileForEachEnvironment)
{
    const Folder folder;
    const std::string source = folder.write("pets.json", mockoonEnvironment);
    const Finished run = runCli({"import", source, "-o", folder.path("mocks")});
    EXPECT_EQ(run.exitCode, 0) << run.error;
    EXPECT_EQ(run.output, "wrote " + folder.path("mocks/pet-shop.mock.yaml") + "\n");
    EXPECT_THAT(folder.read("mocks/pet-shop.mock.yaml"), HasSubstr("name: Pet shop"));
}

TEST(Import, LeavesAFileThatIsAlreadyThere)
{
    const Folder folder;
    const std::string source = folder.write("pets.json", mockoonEnvironment);
    folder.write("pet-shop.mock.yaml", "mine");
    EXPECT_EQ(runCli({"import", source, "-o", folder.path()}).exitCode, 1);
    EXPECT_EQ(folder.read("pet-shop.mock.yaml"), "mine");
    EXPECT_EQ(runCli({"import", source, "-o", folder.path(), "--force"}).exitCode, 0);
    EXPECT_THAT(folder.read("pet-shop.mock.yaml"), HasSubstr("name: Pet shop"));
}

TEST(Import, MergesWhatHasChangedIntoWhatWasEdited)
{
    const Folder folder;
    const auto document = [](const std::string &answer) {
        return "openapi: 3.0.3\ninfo: {title: Pets}\npaths:\n  /pets:\n    get:\n      "
               "responses:\n        "
               "'200': {description: ok, content: {text/plain: {example: "
               + answer + "}}}\n        '404': {description: none}\n";
    };
    const std::string source = folder.write("pets.yaml", document("one"));
    const std::vector<std::string> merge{"import", source, "-o", folder.path("mocks"), "--merge"};
    const std::string file = folder.path("mocks/pets.mock.yaml");
    EXPECT_EQ(runCli(merge).output, "wrote " + file + "\n");
    EXPECT_EQ(runCli(merge).output, file + " is up to date\n");
    std::string edited = "# mine\n" + folder.read("mocks/pets.mock.yaml");
    edited.replace(edited.find("name: none"), 10, "name: nothing # is there");
    folder.write("mocks/pets.mock.yaml", edited);
    folder.write("pets.yaml", document("two"));
    const Finished run = runCli(merge);
    EXPECT_EQ(run.exitCode, 0) << run.error;
    EXPECT_EQ(run.output, file + ": GET /pets, 200 (ok): body changed\nupdated " + file + "\n");
    const std::string after = folder.read("mocks/pets.mock.yaml");
    EXPECT_THAT(after, HasSubstr("# mine\n"));
    EXPECT_THAT(after, HasSubstr("name: nothing # is there"));
    EXPECT_THAT(after, HasSubstr("body: two"));
    std::string again = after;
    again.replace(again.find("body: two"), 9, "body: mine");
    folder.write("mocks/pets.mock.yaml", again);
    folder.write("pets.yaml", document("three"));
    EXPECT_THAT(runCli(merge).output,
                HasSubstr("200 (ok): body changed; kept as it was edited (--force takes it over)"));
    EXPECT_THAT(folder.read("mocks/pets.mock.yaml"), HasSubstr("body: mine"));
}

TEST(Import, MergesIntoNothingThatItDoesNotKnow)
{
    const Folder folder;
    const std::string source
        = folder.write("a.yaml", "openapi: 3.0.3\ninfo: {title: A}\npaths: {/a: {get: {responses: "
                                 "{'200': {description: x}}}}}\n");
    const std::vector<std::string> merge{"import",         source,    "-o",
                                         folder.path("m"), "--merge", "--force"};
    ASSERT_EQ(runCli(merge).exitCode, 0);
    const std::string broken = folder.read("m/a.mock.yaml") + "  : [\n";
    folder.write("m/a.mock.yaml", broken);
    const Finished run = runCli(merge);
    EXPECT_EQ(run.exitCode, 1);
    EXPECT_THAT(run.error,
                HasSubstr("was not made by an import of this document, or cannot be read"));
    EXPECT_EQ(folder.read("m/a.mock.yaml"), broken);
}

TEST(Import, MergesDocumentsOfOneNameByTheirTitles)
{
    const Folder folder;
    const auto document = [](const char *title, const char *path) {
        return std::string("openapi: 3.0.3\ninfo: {title: ") + title + "}\npaths: {/" + path
               + ": {get: {responses: {'200': {description: x}}}}}\n";
    };
    folder.write("p/api.yaml", document("Pets", "pets"));
    folder.write("q/api.yaml", document("Shop", "shop"));
    const std::vector<std::string> merge{
        "import", folder.path("p/api.yaml"), folder.path("q/api.yaml"),
        "-o",     folder.path("m"),          "--merge"};
    ASSERT_EQ(runCli(merge).exitCode, 0);
    folder.write("q/api.yaml", document("Shop", "goods"));
    const std::string shop = folder.path("m/shop.mock.yaml");
    EXPECT_EQ(runCli(merge).output, folder.path("m/pets.mock.yaml") + " is up to date\n" + shop
                                        + ": GET /goods: new\n" + shop
                                        + ": GET /shop: gone\nupdated " + shop + "\n");
}

TEST(Import, TellsOfBodyFilesThatChanged)
{
    const Folder folder;
    folder.write("w/mappings/a.json",
                 R"({"request": {"url": "/a"}, "response": {"bodyFileName": "a.json"}})");
    folder.write("w/__files/a.json", "one");
    const std::vector<std::string> merge{"import", folder.path("w"), "-o", folder.path("m"),
                                         "--merge"};
    ASSERT_EQ(runCli(merge).exitCode, 0);
    EXPECT_EQ(runCli(merge).exitCode, 0);
    folder.write("w/__files/a.json", "two");
    const Finished run = runCli(merge);
    EXPECT_EQ(run.exitCode, 1);
    EXPECT_THAT(run.error, HasSubstr("a.json"));
    EXPECT_EQ(folder.read("m/__files/a.json"), "one");
    std::vector<std::string> forced = merge;
    forced.push_back("--force");
    EXPECT_EQ(runCli(forced).exitCode, 0);
    EXPECT_EQ(folder.read("m/__files/a.json"), "two");
}

TEST(Import, MergesEachServerOfADocumentIntoItsOwnFile)
{
    const Folder folder;
    const std::string source = folder.write(
        "imposters.json",
        R"({"imposters": [{"protocol": "http", "port": 4545, "name": "A", "stubs": [{"responses": [{"is": {"body": "a"}}]}]},
                          {"protocol": "http", "port": 4546, "name": "B", "stubs": [{"responses": [{"is": {"body": "b"}}]}]}]})");
    const std::vector<std::string> merge{"import", source, "-o", folder.path("m"), "--merge"};
    EXPECT_EQ(runCli(merge).output, "wrote " + folder.path("m/a.mock.yaml") + "\nwrote "
                                        + folder.path("m/b.mock.yaml") + "\n");
    EXPECT_EQ(runCli(merge).output, folder.path("m/a.mock.yaml") + " is up to date\n"
                                        + folder.path("m/b.mock.yaml") + " is up to date\n");
}

TEST(Import, FetchesTheDocumentOfAServerThatRuns)
{
    const Folder folder;
    Process server(
        {"serve",
         folder.write("docs.mock.yaml",
                      "understudy: 1\nname: Docs\nlisten: {port: 0}\nendpoints:\n"
                      "- path: /openapi\n  responses:\n"
                      "  - headers: {Content-Type: application/json}\n"
                      "    bodyJson: {openapi: 3.0.0, info: {title: Shop}, paths: {}}\n")});
    const std::string origin
        = "http://localhost:" + std::to_string(portOf(server.outputLine("listening")));
    const Finished run = runCli({"import", origin + "/openapi", "-o", folder.path("mocks")});
    EXPECT_EQ(run.exitCode, 0) << run.error;
    EXPECT_EQ(run.output, "wrote " + folder.path("mocks/shop.mock.yaml") + "\n");
    const Finished missing = runCli({"import", origin + "/none", "-o", folder.path("mocks")});
    EXPECT_EQ(missing.exitCode, 1);
    EXPECT_THAT(missing.error, HasSubstr(origin + "/none answered 404 Not Found; "));
    const Finished remote = runCli({"import", "http://192.0.2.1/x", "-o", folder.path("mocks")});
    EXPECT_EQ(remote.exitCode, 1);
    EXPECT_THAT(remote.error, HasSubstr("'192.0.2.1' is not this machine"));
    EXPECT_THAT(remote.error, HasSubstr("--allow-remote"));
    const Finished serve = runCli({"serve", origin + "/openapi"});
    EXPECT_EQ(serve.exitCode, 1);
    EXPECT_THAT(serve.error, HasSubstr("'understudy-cli import " + origin + "/openapi -o FOLDER'"));
}

TEST(Import, TakesRecordedTimesWhereAsked)
{
    const Folder folder;
    const std::string source = folder.write(
        "shop.har", R"({"log": {"entries": [{"request": {"method": "GET", "url": "http://a/b"},
"response": {"status": 200}, "timings": {"wait": 12.5}}]}})");
    EXPECT_EQ(runCli({"import", source, "-o", folder.path("a")}).exitCode, 0);
    EXPECT_THAT(folder.read("a/shop.mock.yaml"), testing::Not(HasSubstr("latency")));
    EXPECT_EQ(runCli({"import", source, "-o", folder.path("b"), "--recorded-latency"}).exitCode, 0);
    EXPECT_THAT(folder.read("b/shop.mock.yaml"), HasSubstr("latency: {samples: [12.5ms]}"));
}

TEST(Export, WritesTheNativeFormatThatReadsBackTheSame)
{
    const Folder folder;
    const std::string source = folder.write("a.mock.yaml", mockFile("A", "/a", "yes"));
    const std::string copy = folder.path("b.mock.yaml");
    ASSERT_EQ(runCli({"export", source, "-t", "native", "-o", copy}).exitCode, 0);
    const Finished again = runCli({"export", copy, "-t", "native", "-o", "-"});
    EXPECT_EQ(again.exitCode, 0);
    EXPECT_EQ(again.output, folder.read("b.mock.yaml"));
    EXPECT_THAT(again.output, HasSubstr("path: /a"));
}

TEST(Export, OverwritesNothingUnlessForced)
{
    const Folder folder;
    const std::string source = folder.write("a.mock.yaml", mockFile("A", "/a", "yes"));
    const std::string mine = folder.write("mine.yaml", "mine");
    std::filesystem::create_symlink(mine, folder.path("link.yaml"));
    for (const std::string &file : {mine, folder.path("link.yaml")}) {
        const Finished run = runCli({"export", source, "-t", "native", "-o", file});
        EXPECT_EQ(run.exitCode, 1);
        EXPECT_THAT(run.error, HasSubstr("--force"));
        EXPECT_EQ(folder.read("mine.yaml"), "mine");
    }
    EXPECT_EQ(runCli({"export", source, "-t", "native", "-o", mine, "--force"}).exitCode, 0);
    EXPECT_THAT(folder.read("mine.yaml"), HasSubstr("path: /a"));
}

TEST(Export, RefusesAnUnknownFormat)
{
    const Folder folder;
    const std::string source = folder.write("a.mock.yaml", mockFile("A", "/a", "yes"));
    const Finished run = runCli({"export", source, "-t", "nativ", "-o", "-"});
    EXPECT_EQ(run.exitCode, 1);
    EXPECT_THAT(run.error, HasSubstr("nativ"));
}

} // namespace
} // namespace understudy::cli_test
