#include "ingest/decode_support.hpp"

#include "tocsin/ingest/kept.hpp"
#include "tocsin/ingest/signature.hpp"

#include <cstdlib>
#include <array>
#include <fstream>
#include <gmock/gmock.h>
#include <map>
#include <thread>
#include <unistd.h>

namespace tocsin::ingest::test {
namespace {

namespace fs = std::filesystem;
using model::Signature;
using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

constexpr auto cap12 = "urn:oasis:names:tc:emergency:cap:1.2";
constexpr auto sha256 = "http://www.w3.org/2001/04/xmlenc#sha256";
constexpr auto rsaSha256 = "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256";
constexpr auto enveloped = "<ds:Transform Algorithm=\"http://www.w3.org/2000/09/xmldsig#enveloped-signature\"/>";

void write(const fs::path& path, const std::string& text) {
    std::ofstream(path, std::ios::binary) << text;
}

struct Template {
    std::string uri;
    std::string transforms = enveloped;
    std::string digest = sha256;
    std::string method = rsaSha256;
    std::string form = "http://www.w3.org/2001/10/xml-exc-c14n#";
    std::string keyInfo = "<ds:KeyInfo><ds:X509Data><ds:X509Certificate/></ds:X509Data></ds:KeyInfo>";

    [[nodiscard]] std::string text() const {
        return "<ds:Signature xmlns:ds=\"http://www.w3.org/2000/09/xmldsig#\"><ds:SignedInfo>"
               "<ds:CanonicalizationMethod Algorithm=\"" + form + "\"/><ds:SignatureMethod Algorithm=\"" + method +
               "\"/><ds:Reference URI=\"" + uri + "\"><ds:Transforms>" + transforms +
               "</ds:Transforms><ds:DigestMethod Algorithm=\"" + digest +
               "\"/><ds:DigestValue/></ds:Reference></ds:SignedInfo><ds:SignatureValue/>" + keyInfo +
               "</ds:Signature>";
    }
};

/// Keys made by openssl and signatures made by xmlsec1, both as programs: other hands than those that are tested.
class CapSignature : public testing::Test {
  protected:
    static void SetUpTestSuite() {
        std::string pattern = (fs::temp_directory_path() / "tocsin-sign-XXXXXX").string();
        s_folder = mkdtemp(pattern.data());
        const auto make = [](const std::string& name, const std::string& key) {
            return run("openssl req -x509 -nodes -newkey " + key + " -keyout " + name + ".key -out " + name +
                       ".pem -days 3650 -subj '/O=County of Test/CN=" + name + "'");
        };
        s_ready = run("xmlsec1 --version") && make("office", "rsa:2048") && make("stranger", "rsa:2048") &&
                  make("curve", "ec -pkeyopt ec_paramgen_curve:prime256v1") && make("weak", "rsa:1024") &&
                  run("openssl req -nodes -newkey rsa:2048 -keyout leaf.key -out leaf.csr -subj '/CN=leaf'") &&
                  run("openssl x509 -req -in leaf.csr -CA office.pem -CAkey office.key -CAcreateserial -out leaf.pem "
                      "-days 3000");
    }
    static void TearDownTestSuite() { fs::remove_all(s_folder); }
    void SetUp() override {
        if (!s_ready)
            GTEST_SKIP() << "xmlsec1 or openssl is not installed";
    }

    static bool run(const std::string& command) {
        return std::system(("cd '" + s_folder.string() + "' && " + command + " >/dev/null 2>&1").c_str()) == 0;
    }
    static std::string pem(const std::string& name) { return readFile(s_folder / (name + ".pem")); }

    static Cap alertWith(const Template& form) {
        Cap cap;
        cap.sent = "<sent>2027-01-01T08:00:00+00:00</sent>"; // when the certificates hold
        cap.rest = "<note>High water</note>" + form.text();
        return cap;
    }
    static std::string signedBy(const std::string& key, std::string text, const std::string& options = "") {
        write(s_folder / "in.xml", text);
        fs::remove(s_folder / "out.xml");
        EXPECT_TRUE(run("xmlsec1 --sign --privkey-pem " + key + ".key," + key + ".pem " + options +
                        " --output out.xml in.xml"));
        return readFile(s_folder / "out.xml");
    }
    static std::string signedBy(const std::string& key, const Template& form = {}) {
        return signedBy(key, alertWith(form).text());
    }
    static Source trusting(const std::vector<std::string>& names) {
        std::vector<std::string> pems;
        for (const std::string& name : names)
            pems.push_back(pem(name));
        Source source;
        auto checker = SignatureChecker::make(pems);
        EXPECT_TRUE(checker);
        source.signatures = *checker;
        source.signatureRules.invalid = SignatureAct::take; // so that what is found of it can be looked at
        return source;
    }
    static model::Warning taken(const std::string& bytes, const Source& source) {
        const auto out = decode(bytes, std::nullopt, source);
        EXPECT_TRUE(out) << (out ? "" : out.error().describe());
        return out && out->messages.size() == 1 ? std::get<model::Warning>(out->messages.front()) : model::Warning{};
    }
    static std::string replaced(std::string text, const std::string& what, const std::string& with) {
        const std::size_t at = text.find(what);
        EXPECT_NE(at, std::string::npos) << what;
        return at == std::string::npos ? text : text.replace(at, what.size(), with);
    }

    static inline fs::path s_folder;
    static inline bool s_ready{false};
};

TEST_F(CapSignature, OfATrustedSignerIsValid) {
    const model::Warning warning = taken(signedBy("office"), trusting({"stranger", "office"}));
    EXPECT_EQ(warning.signature, Signature::valid);
    EXPECT_EQ(warning.signer, "CN=office,O=County of Test");
    EXPECT_EQ(warning.note, "High water");
    EXPECT_THAT(warning.deviations, IsEmpty());
}

TEST_F(CapSignature, OfSomebodyElseIsOfAnUnknownSigner) {
    const model::Warning warning = taken(signedBy("stranger"), trusting({"office"}));
    EXPECT_EQ(warning.signature, Signature::unknownSigner);
    EXPECT_EQ(warning.signer, "CN=stranger,O=County of Test");
    EXPECT_EQ(taken(signedBy("office"), trusting({})).signature, Signature::unknownSigner);
}

TEST_F(CapSignature, AChainToATrustedSignerIsValidWhileItHolds) {
    const std::string text = signedBy("leaf");
    EXPECT_EQ(taken(text, trusting({"office"})).signature, Signature::valid);
    EXPECT_EQ(taken(text, trusting({"office"})).signer, "CN=leaf");
    EXPECT_EQ(taken(text, trusting({"stranger"})).signature, Signature::unknownSigner);
    Cap early = alertWith({});
    early.sent = "<sent>2010-01-01T08:00:00+00:00</sent>";
    EXPECT_EQ(taken(signedBy("leaf", early.text()), trusting({"office"})).signature, Signature::unknownSigner);
    // The county named this very certificate: it is taken, with a word.
    const model::Warning pinned = taken(signedBy("office", early.text()), trusting({"office"}));
    EXPECT_EQ(pinned.signature, Signature::valid);
    EXPECT_THAT(pinned.deviations, Contains(HasSubstr("did not hold")));
}

TEST_F(CapSignature, EllipticCurvesAndAllCanonicalForms) {
    Template form;
    form.method = "http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha256";
    form.form = "http://www.w3.org/2006/12/xml-c14n11";
    form.transforms = std::string(enveloped) + "<ds:Transform Algorithm=\"http://www.w3.org/2006/12/xml-c14n11\"/>";
    EXPECT_EQ(taken(signedBy("curve", form), trusting({"curve"})).signature, Signature::valid);
    Template old;
    old.form = "http://www.w3.org/TR/2001/REC-xml-c14n-20010315#WithComments";
    EXPECT_EQ(taken(signedBy("office", old), trusting({"office"})).signature, Signature::valid);
}

TEST_F(CapSignature, WeakOnesAreTakenWithAWord) {
    Template form;
    form.digest = "http://www.w3.org/2000/09/xmldsig#sha1";
    form.method = "http://www.w3.org/2000/09/xmldsig#rsa-sha1";
    const model::Warning old = taken(signedBy("office", form), trusting({"office"}));
    EXPECT_EQ(old.signature, Signature::valid);
    EXPECT_THAT(old.deviations, Contains(HasSubstr("SHA-1")));
    EXPECT_THAT(taken(signedBy("weak"), trusting({"weak"})).deviations, Contains(HasSubstr("1024 bits")));
}

TEST_F(CapSignature, WithoutACertificateATrustedKeyMustHaveMadeIt) {
    Template bare;
    bare.keyInfo = "";
    EXPECT_EQ(taken(signedBy("office", bare), trusting({"stranger", "office"})).signature, Signature::valid);
    EXPECT_EQ(taken(signedBy("office", bare), trusting({"stranger"})).signature, Signature::invalid);
    Template value;
    value.keyInfo = "<ds:KeyInfo><ds:KeyValue/></ds:KeyInfo>";
    EXPECT_EQ(taken(signedBy("office", value), trusting({"office"})).signer, "CN=office,O=County of Test");
    EXPECT_EQ(taken(signedBy("office", value), trusting({"stranger"})).signature, Signature::unknownSigner);
}

TEST_F(CapSignature, WhatWasChangedIsInvalid) {
    const std::string text = signedBy("office");
    const Source source = trusting({"office"});
    const model::Warning changed = taken(replaced(text, "High water", "Low water!"), source);
    EXPECT_EQ(changed.signature, Signature::invalid);
    EXPECT_EQ(changed.signer, "");
    EXPECT_THAT(changed.deviations, Contains(HasSubstr("changed after it was signed")));
    const std::size_t value = text.find("SignatureValue>") + 15;
    std::string forged = text;
    forged[value + 20] = forged[value + 20] == 'A' ? 'B' : 'A';
    EXPECT_EQ(taken(forged, source).signature, Signature::invalid);
    // Another's certificate on it.
    const std::string other = signedBy("stranger");
    const auto certificateOf = [](const std::string& signedText) {
        const std::size_t from = signedText.find("<ds:X509Certificate>");
        return signedText.substr(from, signedText.find("</ds:X509Certificate>") - from);
    };
    EXPECT_EQ(taken(replaced(other, certificateOf(other), certificateOf(text)), source).signature, Signature::invalid);
}

TEST_F(CapSignature, WhatIsWrappedIsInvalid) {
    const Source source = trusting({"office"});
    Template byId;
    byId.uri = "#it";
    std::string text = replaced(alertWith(byId).text(), "<alert ", "<alert Id=\"it\" ");
    text = signedBy("office", text, std::string("--id-attr:Id ") + cap12 + ":alert");
    EXPECT_EQ(taken(text, source).signature, Signature::valid);
    // The signed alert put away inside of another one, which is what would be decoded.
    const std::string hidden = "<alert xmlns=\"urn:oasis:names:tc:emergency:cap:1.2\"><identifier>EVIL</identifier>"
                               "<sender>x</sender><sent>2027-01-01T08:00:00+00:00</sent><status>Actual</status>"
                               "<msgType>Alert</msgType><scope>Public</scope><note>" +
                               text.substr(text.find("<alert")) + "</note></alert>";
    EXPECT_EQ(taken(hidden, source).signature, Signature::invalid);
    // The signature moved to the outer alert, still of the inner one.
    const std::size_t from = text.find("<ds:Signature");
    const std::size_t to = text.find("</ds:Signature>") + 15;
    const std::string signature = text.substr(from, to - from);
    std::string inner = text.substr(text.find("<alert"));
    inner = replaced(inner, signature, "");
    const std::string moved = "<alert xmlns=\"urn:oasis:names:tc:emergency:cap:1.2\"><identifier>EVIL</identifier>"
                              "<sender>x</sender><sent>2027-01-01T08:00:00+00:00</sent><status>Actual</status>"
                              "<msgType>Alert</msgType><scope>Public</scope><note>" + inner + "</note>" + signature +
                              "</alert>";
    EXPECT_EQ(taken(moved, source).signature, Signature::invalid);
    EXPECT_EQ(taken(replaced(moved, "<alert ", "<alert Id=\"it\" "), source).signature, Signature::invalid);
    // Two of them.
    EXPECT_EQ(taken(replaced(signedBy("office"), "</alert>", signature + "</alert>"), source).signature,
              Signature::invalid);
}

TEST_F(CapSignature, WhatIsUnsafeIsInvalidAndNeverRun) {
    const Source source = trusting({"office"});
    const std::string text = signedBy("office");
    const auto reasonOf = [&](const std::string& what, const std::string& with) {
        const model::Warning warning = taken(replaced(text, what, with), source);
        EXPECT_EQ(warning.signature, Signature::invalid);
        return warning.deviations.empty() ? std::string() : warning.deviations.back();
    };
    EXPECT_THAT(reasonOf("URI=\"\"", "URI=\"file:///etc/passwd\""), HasSubstr("not the whole alert"));
    EXPECT_THAT(reasonOf("URI=\"\"", "URI=\"http://127.0.0.1:1/x\""), HasSubstr("not the whole alert"));
    EXPECT_THAT(reasonOf("URI=\"\"", "URI=\"#xpointer(/)\""), HasSubstr("not the whole alert"));
    EXPECT_THAT(reasonOf(" URI=\"\"", ""), HasSubstr("does not say what"));
    EXPECT_THAT(reasonOf(enveloped, std::string(enveloped) + "<ds:Transform Algorithm=\"http://www.w3.org/TR/1999/"
                                                             "REC-xslt-19991116\"/>"),
                HasSubstr("xslt"));
    EXPECT_THAT(reasonOf(enveloped, "<ds:Transform Algorithm=\"http://www.w3.org/TR/1999/REC-xpath-19991116\"><ds:XPath>"
                                    "false()</ds:XPath></ds:Transform>"),
                HasSubstr("xpath"));
    EXPECT_THAT(reasonOf(enveloped, ""), HasSubstr("not an enveloped"));
    EXPECT_THAT(reasonOf(rsaSha256, "http://www.w3.org/2000/09/xmldsig#hmac-sha1"), HasSubstr("hmac"));
    EXPECT_THAT(reasonOf(sha256, "http://www.w3.org/2001/04/xmldsig-more#md5"), HasSubstr("md5"));
}

TEST_F(CapSignature, InsideOfAnEnvelopeItIsTheAlertsOwn) {
    std::string inner = signedBy("office");
    inner = inner.substr(inner.find("<alert"));
    const std::string text = "<alerts>\n" + inner + "\n" + Cap{}.text() + "</alerts>";
    const auto out = decode(text, std::nullopt, trusting({"office"}));
    ASSERT_TRUE(out);
    ASSERT_EQ(out->messages.size(), 2U);
    EXPECT_EQ(std::get<model::Warning>(out->messages[0]).signature, Signature::valid);
    EXPECT_EQ(std::get<model::Warning>(out->messages[1]).signature, Signature::none);
}

TEST_F(CapSignature, WhereOneIsRequiredNothingElseIsTaken) {
    Source source = trusting({"office"});
    source.signatureRules = SignatureRules::trustedOnly();
    EXPECT_EQ(taken(signedBy("office"), source).signature, Signature::valid);
    for (const std::string& text : {Cap{}.text(), signedBy("stranger"), replaced(signedBy("office"), "High", "Low")}) {
        const auto out = decode(text, std::nullopt, source);
        ASSERT_FALSE(out);
        EXPECT_EQ(out.error().code, base::Code::refused);
        EXPECT_THAT(out.error().message, HasSubstr("not signed by anyone whom the county trusts"));
        expectPlace(out.error(), text.size());
    }
    source.signatures.reset();
    EXPECT_FALSE(decode(signedBy("office"), std::nullopt, source));
}

TEST_F(CapSignature, WhatWasChangedGoesToQuarantineUnlessTheFeedSaysOtherwise) {
    Source source = trusting({"office"});
    source.signatureRules = {};
    const std::string changed = replaced(signedBy("office"), "High water", "Low water!");
    const auto out = decode(changed, std::nullopt, source);
    ASSERT_FALSE(out);
    EXPECT_EQ(out.error().code, base::Code::refused);
    EXPECT_THAT(out.error().message, HasSubstr("changed after it was signed"));
    EXPECT_EQ(taken(signedBy("office"), source).state, model::WarningState::inForce);
    EXPECT_EQ(taken(signedBy("stranger"), source).state, model::WarningState::inForce);
    EXPECT_EQ(taken(Cap{}.text(), source).state, model::WarningState::inForce);

    source.signatureRules = {SignatureAct::hold, SignatureAct::hold, SignatureAct::hold};
    EXPECT_EQ(taken(signedBy("office"), source).state, model::WarningState::inForce);
    for (const std::string& text : {changed, signedBy("stranger"), Cap{}.text()})
        EXPECT_EQ(taken(text, source).state, model::WarningState::held);
    source.signatureRules = {SignatureAct::take, SignatureAct::quarantine, SignatureAct::hold};
    EXPECT_EQ(taken(changed, source).state, model::WarningState::inForce);
    EXPECT_FALSE(decode(signedBy("stranger"), std::nullopt, source));
    EXPECT_EQ(taken(Cap{}.text(), source).state, model::WarningState::held);
}

TEST_F(CapSignature, WithoutACheckerNobodyHasLooked) {
    EXPECT_EQ(taken(signedBy("office"), Source{}).signature, Signature::unverified);
}

TEST_F(CapSignature, ManyThreadsMayAsk) {
    const std::string text = signedBy("office");
    const Source source = trusting({"office"});
    std::vector<std::thread> threads;
    std::array<int, 4> valid{};
    for (int& count : valid)
        threads.emplace_back([&] {
            for (int i = 0; i < 25; ++i)
                count += taken(text, source).signature == Signature::valid ? 1 : 0;
        });
    for (std::thread& thread : threads)
        thread.join();
    EXPECT_THAT(valid, testing::Each(25));
}

TEST_F(CapSignature, SignersAreLoadedFromTheCountysFolder) {
    FeedConfig config;
    EXPECT_EQ(loadSigners(s_folder, config).value(), nullptr);
    config.signatureRules = SignatureRules::trustedOnly();
    EXPECT_EQ(loadSigners(s_folder, config).value()->certificates(), 0U);
    write(s_folder / "both.pem", pem("office") + "some words\n" + pem("curve"));
    config.signers = {"both.pem", (s_folder / "leaf.pem").string()};
    EXPECT_EQ(loadSigners(s_folder, config).value()->certificates(), 3U);
    const auto refusal = [&](const std::string& name) {
        config.signers = {name};
        const auto out = loadSigners(s_folder, config);
        EXPECT_FALSE(out);
        return out ? std::string() : out.error().message;
    };
    EXPECT_THAT(refusal("nowhere.pem"), HasSubstr("nowhere.pem cannot be read"));
    write(s_folder / "empty.pem", "nothing here");
    EXPECT_THAT(refusal("empty.pem"), HasSubstr("no certificate"));
    write(s_folder / "cut.pem", pem("office") + pem("curve").substr(0, 200));
    EXPECT_THAT(refusal("cut.pem"), HasSubstr("cut.pem"));
    EXPECT_THAT(refusal("."), HasSubstr("cannot be read"));
}

TEST(CapSignatureCorpus, RealSignaturesAreWhatTheyAreKnownToBe) {
    const auto root = corpora();
    if (!root)
        GTEST_SKIP() << "TOCSIN_CORPORA is not set";
    std::vector<std::string> pems;
    for (const char* name : {"google-naads_x509_cert.pem", "google-environment_canada_x509_cert.pem"})
        pems.push_back(readFile(*root / "cap" / name));
    Source source;
    source.signatures = SignatureChecker::make(pems).value();
    source.signatureRules.invalid = SignatureAct::take;
    EXPECT_EQ(source.signatures->certificates(), 2U);
    const std::map<std::string, Signature> expected{
        {"cap/wis2box-bf-valid.xml", Signature::unknownSigner},
        {"cap/wis2box-bf-invalid_digest.xml", Signature::invalid},
        {"cap/wis2box-bf-invalid_signature.xml", Signature::invalid},
        {"cap/wis2box-bf-invalid_certificate.xml", Signature::invalid},
        {"cap/wis2box-bf-no_signature.xml", Signature::none},
        {"cap/wis2box-tg-valid.xml", Signature::unknownSigner},
        {"cap/wis2box-tg-invalid_digest.xml", Signature::invalid},
        {"cap/google-earthquake_signed.cap", Signature::unknownSigner},
    };
    for (const auto& [name, want] : expected) {
        SCOPED_TRACE(name);
        const auto out = decode(readFile(*root / name), std::nullopt, source);
        ASSERT_TRUE(out) << out.error().describe();
        EXPECT_EQ(std::get<model::Warning>(out->messages.front()).signature, want);
    }
    const auto out = decode(readFile(*root / "cap/wis2box-bf-valid.xml"), std::nullopt, source);
    EXPECT_EQ(std::get<model::Warning>(out->messages.front()).signer, "CN=www.meteoburkina.bf");
}

TEST_F(CapSignature, WhatStandsInQuarantineIsVerifiedByTheSignersOfNow) {
    const std::string bytes = signedBy("office");
    FeedConfig feed;
    feed.name = "cap";
    feed.format = Format::cap;
    feed.signatureRules = SignatureRules::trustedOnly();
    const Kept kept{bytes, Format::cap, {}, *base::parseTime("2027-01-01T08:00:00Z")};
    EXPECT_FALSE(decodeKept(kept, feed)) << "it knows no signer yet";
    feed.signers = {"office.pem"};
    ASSERT_TRUE(equip(feed, s_folder, nullptr));
    const auto again = decodeKept(kept, feed);
    ASSERT_TRUE(again) << again.error().describe();
    ASSERT_EQ(again->messages.size(), 1U);
    EXPECT_EQ(std::get<model::Warning>(again->messages[0]).signature, Signature::valid);
}

} // namespace
} // namespace tocsin::ingest::test
