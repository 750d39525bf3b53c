// SPDX-License-Identifier: Apache-2.0
#include "core/wire/document_fetch.h"
#include "core/wire/document_name.h"

#include <gtest/gtest.h>

namespace understudy::wire {
namespace {

TEST(DocumentName, IsTheLastSegmentWithTheEndingOfItsType)
{
    const auto name
        = [](const char *url, const char *type = "") { return documentName(url, {}, type); };
    EXPECT_EQ(name("http://localhost:3000/openapi.json"), "openapi.json");
    EXPECT_EQ(name("http://localhost:3000/v1/openapi.yaml?download=1#top", "text/plain"),
              "openapi.yaml");
    EXPECT_EQ(name("http://localhost:8080/__admin/mappings", "application/json"), "mappings.json");
    EXPECT_EQ(name("http://localhost/imposters/", "application/json; charset=utf-8"),
              "imposters.json");
    EXPECT_EQ(name("http://localhost/api", "application/vnd.oai.openapi+JSON"), "api.json");
    EXPECT_EQ(name("http://localhost/api", "application/x-yaml"), "api.yaml");
    EXPECT_EQ(name("http://localhost/service", "application/wsdl+xml"), "service.wsdl");
    EXPECT_EQ(name("http://localhost/service", "text/html"), "service");
    EXPECT_EQ(name("http://localhost:3000", "application/json"), "localhost.json");
    EXPECT_EQ(name("http://127.0.0.1/", "application/json"), "127.0.0.1.json");
    EXPECT_EQ(name("http://[::1]:3000/"), "document");
}

TEST(DocumentName, IsTheOneThatIsGiven)
{
    const auto name = [](const char *disposition) {
        return documentName("http://localhost/x", disposition, "");
    };
    EXPECT_EQ(name("attachment; filename=\"shop api.json\""), "shop api.json");
    EXPECT_EQ(name("attachment; filename=a.json; filename*=UTF-8''caf%C3%A9.json"), "café.json");
    EXPECT_EQ(name("inline"), "x");
}

TEST(DocumentName, NeverLeadsElsewhere)
{
    const auto name = [](const std::string &disposition, const char *url = "http://localhost/x") {
        return documentName(url, disposition, "");
    };
    EXPECT_EQ(name("attachment; filename=\"../../etc/passwd\""), "passwd");
    EXPECT_EQ(name("attachment; filename=\"C:\\a\\b.json\""), "b.json");
    EXPECT_EQ(name("attachment; filename=\"..\""), "x");
    EXPECT_EQ(name("attachment; filename=\".hidden\""), "hidden");
    EXPECT_EQ(name("attachment; filename=\"a\x01\nb\""), "ab");
    EXPECT_EQ(name("attachment; filename=\"" + std::string(101, 'a') + "\""), "x");
    EXPECT_EQ(name("attachment; filename=\"\xFF\""), "x");
    EXPECT_EQ(name("", "http://localhost/a%2F..%2Fb"), "b");
    EXPECT_EQ(name("", "http://localhost/%2e%2e"), "localhost");
}

TEST(DocumentPlace, IsTheUrlWithTheName)
{
    EXPECT_EQ(documentPlace("http://localhost:8080/__admin/mappings", "mappings.json"),
              "http://localhost:8080/__admin/mappings.json");
    EXPECT_EQ(documentPlace("http://localhost:8080/a/?x=/y", "a.json"),
              "http://localhost:8080/a.json");
    EXPECT_EQ(documentPlace("http://localhost:8080", "localhost.json"),
              "http://localhost:8080/localhost.json");
}

TEST(DocumentUrl, IsHttpInAnyCase)
{
    EXPECT_TRUE(isDocumentUrl("http://a"));
    EXPECT_TRUE(isDocumentUrl("HTTPS://a"));
    for (const char *other : {"", "http:/a", "https:/a", "ftp://a", "a.json", "/http://a"})
        EXPECT_FALSE(isDocumentUrl(other)) << other;
}

} // namespace
} // namespace understudy::wire
