#include "ingest/decode_support.hpp"

#include <archive.h>
#include <archive_entry.h>
#include <gmock/gmock.h>
#include <zlib.h>

namespace tocsin::ingest::test {
namespace {

using base::Code;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

struct File {
    std::string name;
    std::string content;
};

std::string zipped(const std::vector<File>& files, const char* password = nullptr) {
    std::string out(64U << 20U, '\0');
    std::size_t used = 0;
    archive* zip = archive_write_new();
    archive_write_set_format_zip(zip);
    if (password != nullptr) {
        archive_write_set_options(zip, "zip:encryption=traditional");
        archive_write_set_passphrase(zip, password);
    }
    archive_write_set_bytes_in_last_block(zip, 1);
    archive_write_open_memory(zip, out.data(), out.size(), &used);
    for (const File& file : files) {
        archive_entry* entry = archive_entry_new();
        archive_entry_set_pathname(entry, file.name.c_str());
        archive_entry_set_filetype(entry, file.name.ends_with('/') ? AE_IFDIR : AE_IFREG);
        archive_entry_set_perm(entry, 0644);
        archive_entry_set_size(entry, static_cast<la_int64_t>(file.content.size()));
        EXPECT_GE(archive_write_header(zip, entry), ARCHIVE_WARN) << archive_error_string(zip);
        archive_write_data(zip, file.content.data(), file.content.size());
        archive_entry_free(entry);
    }
    archive_write_close(zip);
    archive_write_free(zip);
    out.resize(used);
    return out;
}

std::string gzipped(const std::string& content) {
    std::string out(content.size() + 1'000, '\0');
    z_stream stream{};
    EXPECT_EQ(deflateInit2(&stream, 9, Z_DEFLATED, 16 + MAX_WBITS, 9, Z_DEFAULT_STRATEGY), Z_OK);
    stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(content.data()));
    stream.avail_in = static_cast<uInt>(content.size());
    stream.next_out = reinterpret_cast<Bytef*>(out.data());
    stream.avail_out = static_cast<uInt>(out.size());
    EXPECT_EQ(deflate(&stream, Z_FINISH), Z_STREAM_END);
    out.resize(stream.total_out);
    deflateEnd(&stream);
    return out;
}

std::string alert(const std::string& id) {
    Cap cap;
    cap.identifier = "<identifier>" + id + "</identifier>";
    return cap.text();
}

std::vector<std::string> idsOf(const Decoded& decoded) {
    std::vector<std::string> out;
    for (const Message& message : decoded.messages)
        out.push_back(std::get<model::Warning>(message).identifier);
    return out;
}

TEST(CapBundle, EveryMessageOfAZipIsTaken) {
    const std::string bytes = zipped({{"folder/", ""},
                                      {"folder/1.xml", alert("A")},
                                      {"/etc/passwd", alert("B")},
                                      {"../../up.xml", alert("C")},
                                      {"no suffix", alert("D")}});
    EXPECT_EQ(sniff(bytes), Format::capBundle);
    const Decoded out = decoded(bytes);
    EXPECT_EQ(out.format, Format::capBundle);
    EXPECT_THAT(idsOf(out), ElementsAre("A", "B", "C", "D"));
    EXPECT_THAT(out.faults, IsEmpty());
}

TEST(CapBundle, OneBadEntryIsAFaultWithItsName) {
    const std::string bad = "<alert xmlns=\"urn:oasis:names:tc:emergency:cap:1.2\">\n<identifier>X</alert>";
    const std::string bytes = zipped({{"good.xml", alert("A")},
                                      {"bad.xml", bad},
                                      {"readings.json", R"({"sensor":"a","time":1,"value":2})"},
                                      {"inner.zip", zipped({{"a.xml", alert("Z")}})},
                                      {"last.xml", alert("B")}});
    const Decoded out = decoded(bytes);
    EXPECT_THAT(idsOf(out), ElementsAre("A", "B"));
    ASSERT_EQ(out.faults.size(), 3U);
    EXPECT_THAT(out.faults[0].error.message, HasSubstr("in \"bad.xml\": not well-formed"));
    EXPECT_EQ(out.faults[0].error.place.line, 2U);
    EXPECT_EQ(out.faults[0].bytes, bad);
    EXPECT_THAT(out.faults[1].error.message, HasSubstr("in \"readings.json\": it is readings-ndjson"));
    EXPECT_THAT(out.faults[2].error.message, HasSubstr("in \"inner.zip\": an archive in an archive"));
    for (const Fault& fault : out.faults)
        expectPlace(fault.error, bytes.size());
}

TEST(CapBundle, DeviationsNameTheirEntry) {
    Cap cap;
    cap.version = "";
    const Decoded out = decoded(zipped({{"odd.xml", cap.text()}}));
    ASSERT_FALSE(out.deviations.empty());
    EXPECT_THAT(out.deviations.front(), HasSubstr("odd.xml"));
}

TEST(CapBundle, EncryptedEntriesAreFaults) {
    const std::string bytes = zipped({{"secret.cap", alert("A")}}, "password");
    EXPECT_EQ(sniff(bytes), Format::capBundle);
    const base::Error error = refused(bytes);
    EXPECT_THAT(error.message, HasSubstr("in \"secret.cap\": encrypted"));
}

TEST(CapBundle, ABombIsRefusedAsAWhole) {
    const std::string bomb = "<alert xmlns=\"urn:oasis:names:tc:emergency:cap:1.2\"><note>" +
                             std::string(15U << 20U, ' ') + "</note></alert>";
    const std::string bytes = zipped({{"a.xml", alert("A")}, {"bomb.xml", bomb}});
    ASSERT_LT(bytes.size(), 100'000U);
    EXPECT_EQ(refused(bytes).code, Code::tooLarge);
    const std::string one = gzipped(bomb);
    EXPECT_EQ(sniff(one), Format::capBundle);
    EXPECT_EQ(refused(one).code, Code::tooLarge);
}

TEST(CapBundle, AnEntryLargerThanAMessageIsRefusedAndTheOthersStay) {
    std::string noise = alert("N");
    for (std::uint32_t i = 1; noise.size() <= maxMessageBytes; i = i * 1'664'525U + 1'013'904'223U)
        noise += static_cast<char>('a' + (i >> 24U) % 26);
    const Decoded out = decoded(zipped({{"a.xml", alert("A")}, {"large.xml", noise}}));
    EXPECT_THAT(idsOf(out), ElementsAre("A"));
    ASSERT_EQ(out.faults.size(), 1U);
    EXPECT_EQ(out.faults[0].error.code, Code::tooLarge);
}

TEST(CapBundle, TooManyEntriesAreRefused) {
    std::vector<File> files(5'001, File{"a", ""});
    files.front().content = alert("A");
    EXPECT_EQ(refused(zipped(files)).code, Code::tooLarge);
}

TEST(CapBundle, WhatIsCutOffIsAFaultOfTheRest) {
    const std::string bytes = zipped({{"a.xml", alert("A")}, {"b.xml", alert("B")}});
    const std::string cut = bytes.substr(0, bytes.find("b.xml") + 40);
    const auto out = decode(cut, Format::capBundle);
    if (out) { // its first message stands before the cut
        EXPECT_THAT(idsOf(*out), ElementsAre("A"));
        EXPECT_FALSE(out->faults.empty());
    } else {
        expectPlace(out.error(), cut.size());
    }
    for (std::size_t size = 0; size < bytes.size(); size += 7)
        expectWhole(std::string_view(bytes).substr(0, size), Format::capBundle);
}

TEST(CapBundle, OneMessageInGzip) {
    const std::string bytes = gzipped(alert("A"));
    EXPECT_EQ(sniff(bytes), Format::capBundle);
    EXPECT_THAT(idsOf(decoded(bytes)), ElementsAre("A"));
    EXPECT_THAT(refused(bytes.substr(0, bytes.size() - 9), Format::capBundle).message, HasSubstr("ends too early"));
    std::string damaged = bytes;
    damaged[bytes.size() - 6] ^= 1;
    EXPECT_THAT(refused(damaged, Format::capBundle).message, HasSubstr("damaged"));
    EXPECT_THAT(refused(gzipped(R"({"sensor":"a","time":1,"value":2})"), Format::capBundle).message,
                HasSubstr("readings-ndjson"));
    EXPECT_EQ(refused(gzipped("<alert>\n<x></alert>"), Format::capBundle).place.line, 2U);
}

TEST(CapBundle, OtherArchivesAreNone) {
    EXPECT_EQ(sniff(zipped({{"word/document.xml", "<w:document xmlns:w='urn:x'/>"}})), Format::unknown);
    EXPECT_EQ(sniff(gzipped("time,value\n1,2\n")), Format::unknown);
    EXPECT_EQ(sniff("PK\x03\x04zzz"), Format::unknown);
    EXPECT_EQ(decoded(zipped({}), Format::capBundle).messages.size(), 0U);
    expectPlace(refused("hello", Format::capBundle), 5);
}

} // namespace
} // namespace tocsin::ingest::test
