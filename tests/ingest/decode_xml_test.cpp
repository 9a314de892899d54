#include "ingest/decode_support.hpp"

#include <gmock/gmock.h>
#include <iconv.h>

namespace tocsin::ingest::test {
namespace {

using base::Code;
using ::testing::HasSubstr;

std::string converted(std::string text, const char* to) {
    const iconv_t handle = iconv_open(to, "UTF-8");
    std::string out(text.size() * 4 + 8, '\0');
    char* in = text.data();
    char* at = out.data();
    std::size_t left = text.size();
    std::size_t room = out.size();
    EXPECT_EQ(iconv(handle, &in, &left, &at, &room), 0U);
    iconv_close(handle);
    out.resize(out.size() - room);
    return out;
}

std::string document(const std::string& encoding, const std::string& note) {
    Cap cap;
    cap.rest = "<note>" + note + "</note>";
    return "<?xml version=\"1.0\" encoding=\"" + encoding + "\"?>\n" + cap.text();
}

TEST(DecodeXml, AnyDeclaredEncoding) {
    const std::string latin = "Überflutung";
    const std::string russian = "Наводнение";
    const std::string chinese = "洪水 红色";
    EXPECT_EQ(warningOf(converted(document("ISO-8859-1", latin), "ISO-8859-1")).note, latin);
    EXPECT_EQ(warningOf(converted(document("iso-8859-15", latin), "ISO-8859-15")).note, latin);
    EXPECT_EQ(warningOf(converted(document("windows-1251", russian), "CP1251")).note, russian);
    EXPECT_EQ(warningOf(converted(document("KOI8-R", russian), "KOI8-R")).note, russian);
    EXPECT_EQ(warningOf(converted(document("GB2312", chinese), "GBK")).note, chinese);
    EXPECT_EQ(warningOf(converted(document("Big5", "洪水"), "BIG5")).note, "洪水");
    EXPECT_EQ(warningOf(converted(document("Shift_JIS", "洪水"), "CP932")).note, "洪水");
    EXPECT_EQ(warningOf(converted(document("UTF-16", chinese), "UTF-16")).note, chinese);   // with a byte order mark
    EXPECT_EQ(warningOf(converted(document("UTF-16", chinese), "UTF-16BE")).note, chinese); // without
    EXPECT_EQ(warningOf(converted(document("UTF-16", chinese), "UTF-16LE")).note, chinese);
    EXPECT_EQ(warningOf(converted(document("UTF-32", chinese), "UTF-32")).note, chinese);
    EXPECT_EQ(warningOf("\xEF\xBB\xBF" + document("UTF-8", chinese)).note, chinese);
    EXPECT_EQ(warningOf(Cap{}.text()).identifier, "TOC-1"); // nothing declared
}

TEST(DecodeXml, AContradictedDeclarationIsNotedWhereTheBytesAreClear) {
    auto out = decoded("\xEF\xBB\xBF" + document("windows-1251", "洪水"));
    EXPECT_THAT(out.deviations, testing::Contains(HasSubstr("the byte order mark says UTF-8")));
    out = decoded(document("UTF-16", "洪水"));
    EXPECT_THAT(out.deviations, testing::Contains(HasSubstr("declared as UTF-16, but its bytes are not")));
    out = decoded(converted(document("UTF-8", "洪水"), "UTF-16LE"));
    EXPECT_THAT(out.deviations, testing::Contains(HasSubstr("declared as UTF-8, but its bytes are UTF-16LE")));
}

TEST(DecodeXml, WrongBytesAreRefusedAtTheVeryByte) {
    const std::string latin = converted(document("UTF-8", "Überflutung"), "ISO-8859-1");
    auto error = refused(latin);
    EXPECT_EQ(error.place.byte, latin.find('\xDC'));
    EXPECT_EQ(error.place.line, 2U);

    const std::string ascii = document("US-ASCII", "x Überflutung");
    error = refused(ascii);
    EXPECT_EQ(error.place.byte, ascii.find('\xC3'));
    EXPECT_THAT(error.message, HasSubstr("not US-ASCII"));

    std::string wide = converted(document("UTF-16", "洪水"), "UTF-16LE");
    wide.pop_back();
    EXPECT_EQ(refused(wide).place.byte, wide.size() - 1);

    error = refused(document("EBCDIC-CP-US", "x"));
    EXPECT_THAT(error.message, HasSubstr("not one that Tocsin reads"));
    EXPECT_EQ(error.place.column, 31U);
    std::string nul = document("UTF-8", "x_y");
    nul[nul.find('_')] = '\0';
    EXPECT_THAT(refused(nul).message, HasSubstr("NUL"));
}

TEST(DecodeXml, PlacesCountTheSendersBytes) {
    // "é" is two bytes in UTF-8 and one in ISO-8859-1; the place is that of what was sent.
    Cap cap;
    cap.sent = "<sent>no time</sent>";
    const std::string text = "<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?>\n<!-- ééé -->" + cap.text();
    const std::string sent = converted(text, "ISO-8859-1");
    const auto error = refused(sent);
    EXPECT_EQ(error.place.byte, sent.find("no time"));
    EXPECT_EQ(error.place.line, 2U);
    EXPECT_EQ(error.place.column, sent.find("no time") - sent.find('\n'));
    const std::string wide = converted(text, "UTF-16");
    EXPECT_EQ(refused(wide).place.byte, 2 + 2 * sent.find("no time"));
}

TEST(DecodeXml, DocumentTypesAreRefusedBeforeAnythingIsExpanded) {
    const std::string bomb =
        "<?xml version=\"1.0\"?>\n <!DOCTYPE lolz [<!ENTITY lol \"lol\"><!ENTITY lol2 \"&lol;&lol;&lol;\">]>\n" +
        Cap{.rest = "<note>&lol2;</note>"}.text();
    const auto error = refused(bomb);
    EXPECT_EQ(error.message, "document type declarations are not allowed");
    EXPECT_EQ(error.place.line, 2U);
    EXPECT_EQ(error.place.column, 2U);
    EXPECT_EQ(error.place.byte, bomb.find("<!DOCTYPE"));
    EXPECT_THAT(refused("<!DOCTYPE alert SYSTEM \"file:///etc/passwd\">" + Cap{}.text()).message,
                HasSubstr("not allowed"));
    EXPECT_THAT(refused("<!doctype html><html></html>", Format::cap).message, HasSubstr("not allowed"));
    // An entity that nobody declared is a fault of form.
    EXPECT_THAT(refused(Cap{.rest = "<note>&xxe;</note>"}.text()).message, HasSubstr("xxe"));
    // Inside of a comment or CDATA it is only text.
    EXPECT_EQ(warningOf("<!-- <!DOCTYPE x> -->" + Cap{.rest = "<note><![CDATA[<!DOCTYPE x>]]></note>"}.text()).note,
              "<!DOCTYPE x>");
}

TEST(DecodeXml, FaultsOfFormHaveLineColumnAndByte) {
    const std::string whole = Cap{}.text();
    auto error = refused(whole.substr(0, whole.size() - 5));
    EXPECT_TRUE(error.place.line && error.place.column && error.place.byte);
    error = refused(whole + "\n" + whole);
    EXPECT_EQ(error.place.line, 2U);
    EXPECT_EQ(error.place.column, 1U);
    EXPECT_EQ(error.place.byte, whole.size() + 1);
    error = refused("<alert>\n  <identifier>x</sender></alert>");
    EXPECT_EQ(error.place.line, 2U);
    EXPECT_EQ(refused("   \n ", Format::cap).place.line, 2U);
    EXPECT_EQ(refused("", Format::cap).place.byte, 0U);
}

TEST(DecodeXml, LinesBeyond65535AreCounted) {
    Cap cap;
    cap.sent = std::string(70'000, '\n') + "<sent>no time</sent>";
    EXPECT_EQ(refused(cap.text()).place.line, 70'001U);
}

TEST(DecodeXml, ExcessIsRefusedWithItsPlace) {
    std::string deep = "<alert>";
    for (int i = 0; i < 100'000; ++i)
        deep += "<a>";
    auto error = refused(deep);
    EXPECT_EQ(error.code, Code::tooLarge);
    EXPECT_THAT(error.message, HasSubstr("nested"));

    std::string attributes = "<alert";
    for (int i = 0; i < 500'000; ++i)
        attributes += " a" + std::to_string(i) + "=\"\"";
    EXPECT_THAT(refused(attributes + "/>").message, HasSubstr("attributes"));

    std::string elements = "<alert>";
    for (int i = 0; i < 600'000; ++i)
        elements += "<a/>";
    EXPECT_THAT(refused(elements + "</alert>").message, HasSubstr("elements"));

    std::string infos;
    for (int i = 0; i < 2'000; ++i)
        infos += "<info/>";
    EXPECT_THAT(refused(Cap{.rest = infos}.text()).message, HasSubstr("<info>"));

    const std::string huge(100'000'000, ' ');
    error = refused("<alert>" + huge);
    EXPECT_EQ(error.code, Code::tooLarge);
    EXPECT_EQ(error.place.byte, maxMessageBytes);
}

} // namespace
} // namespace tocsin::ingest::test
