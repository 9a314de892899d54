#include "decode_support.hpp"

namespace tocsin::ingest {
namespace {

using test::decoded;
using test::refused;

const std::string head = "From: =?UTF-8?B?5byg5LiJ?= <zhang@example.org>\r\nTo: desk@example.org\r\n"
                         "Date: Fri, 20 Nov 2026 08:00:00 +0100\r\nMessage-ID: <m1@example.org>\r\nMIME-Version: 1.0\r\n";

model::Report reportOf(const Decoded& out) {
    EXPECT_EQ(out.messages.size(), 1U);
    return out.messages.empty() ? model::Report{} : std::get<model::Report>(out.messages.front());
}

TEST(Email, subjectTextSenderAndTime) {
    const auto out = decoded(head + "Subject: Flood in the\r\n cellar\r\nContent-Type: text/plain; charset=iso-8859-1\r\n"
                                    "Content-Transfer-Encoding: quoted-printable\r\n\r\nDas Gel=E4nde ist nass.\r\n");
    EXPECT_EQ(out.format, Format::email);
    const auto report = reportOf(out);
    EXPECT_EQ(report.sourceId, "m1@example.org");
    EXPECT_EQ(report.text, "Flood in the cellar\nDas Gelände ist nass.");
    EXPECT_EQ(report.category, "flood");
    EXPECT_EQ(report.contact.name, "张三");
    EXPECT_EQ(report.contact.email, "zhang@example.org");
    EXPECT_EQ(base::formatTime(report.happenedAt), "2026-11-20T07:00:00.000000Z");
}

TEST(Email, chineseCharsets) {
    const auto report = reportOf(decoded(head + "Subject: =?GB2312?B?u/DU1g==?=\r\nContent-Type: text/plain; charset=gb18030\r\n"
                                                "Content-Transfer-Encoding: base64\r\n\r\nuunLrg==\r\n"));
    EXPECT_EQ(report.text, "火灾\n洪水");
}

TEST(Email, htmlWhereThereIsNoText) {
    const auto report = reportOf(decoded(head + "Subject: x\r\nContent-Type: text/html; charset=utf-8\r\n\r\n"
                                                "<html><head><style>p{}</style></head><body><p>Fire &amp; smoke</p>"
                                                "<script>alert(1)</script><div>now</div></body></html>"));
    EXPECT_EQ(report.text, "x\nFire & smoke\nnow");
}

TEST(Email, picturesBecomeAttachmentsAndOtherFilesDoNot) {
    const auto out = decoded(head + "Subject: Road\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n"
                                    "--b\r\nContent-Type: multipart/alternative; boundary=c\r\n\r\n"
                                    "--c\r\nContent-Type: text/plain\r\n\r\nblocked\r\n--c\r\nContent-Type: text/html\r\n\r\n"
                                    "<b>blocked</b>\r\n--c--\r\n"
                                    "--b\r\nContent-Type: image/jpeg; name=a.jpg\r\nContent-Transfer-Encoding: base64\r\n\r\n"
                                    "/9j/AA==\r\n"
                                    "--b\r\nContent-Type: application/pdf\r\nContent-Disposition: attachment; "
                                    "filename=x.pdf\r\n\r\n%PDF\r\n--b--\r\n");
    EXPECT_EQ(reportOf(out).text, "Road\nblocked");
    ASSERT_EQ(out.attachments.size(), 1U);
    EXPECT_EQ(out.attachments[0].bytes, std::string("\xFF\xD8\xFF\x00", 4));
    ASSERT_EQ(out.deviations.size(), 1U);
    EXPECT_NE(out.deviations[0].find("x.pdf"), std::string::npos);
}

TEST(Email, nestingIsBounded) {
    std::string deep = head + "Subject: deep\r\n";
    for (int i = 0; i < 60; ++i)
        deep += "Content-Type: multipart/mixed; boundary=b" + std::to_string(i) + "\r\n\r\n--b" + std::to_string(i) + "\r\n";
    const auto out = decoded(deep + "Content-Type: text/plain\r\n\r\nfar down\r\n");
    EXPECT_EQ(reportOf(out).text, "deep");
    EXPECT_FALSE(out.deviations.empty());
    std::string wide = head + "Subject: wide\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n";
    for (int i = 0; i < 200; ++i)
        wide += "--b\r\nContent-Type: text/plain\r\n\r\nx\r\n";
    EXPECT_EQ(refused(wide).code, base::Code::tooLarge);
}

TEST(Email, whatIsNoneIsNotTakenForOne) {
    for (const std::string& text : std::vector<std::string>{"Subject: only one header\n\nx", "Hello: world\nthis is text\n", "From here to there\n"})
        EXPECT_NE(sniff(text), Format::email) << text;
    test::expectWhole("", Format::email);
    test::expectWhole("From: a\nDate: never\n", Format::email);
    EXPECT_EQ(refused("\n\n", Format::email).place.line, 1U);
}

} // namespace
} // namespace tocsin::ingest
