"""The demo's topics: fields and uses of artificial intelligence, as an editor of a real
site about them would write the keywords down. The truth refers to the same ids."""

from __future__ import annotations

from newsdesk.press.records import TopicSeed

_ROOT = "artificial-intelligence"


def _topic(
    key: str, name: str, keywords: str, description: str, parent: str | None = _ROOT
) -> TopicSeed:
    words = tuple(word.strip() for word in keywords.split(","))
    return TopicSeed(
        id=key, name=name, parent=parent, keywords=words, description=description
    )


TOPICS = (
    _topic(
        _ROOT,
        "Artificial Intelligence",
        "artificial intelligence, AI, machine learning, deep learning, neural network, "
        "AI model, algorithm",
        "Machines that learn, and what people do with them.",
        None,
    ),
    _topic(
        "generative-ai",
        "Generative AI",
        "generative AI, language model, large language model, LLM, chatbot, AI assistant, "
        "text generation, image generator, foundation model",
        "Models that write, draw and talk.",
    ),
    _topic(
        "open-models",
        "Open Models",
        "open source AI, open-source model, open weights, open model, model weights",
        "Models whose weights or code anyone can have.",
        "generative-ai",
    ),
    _topic(
        "synthetic-media",
        "Synthetic Media",
        "deepfake, synthetic media, AI-generated image, AI-generated video, cloned voice, "
        "voice cloning, fake video, fake audio",
        "Pictures, voices and films that nobody recorded.",
        "generative-ai",
    ),
    _topic(
        "ai-chips",
        "AI Chips",
        "AI chip, GPU, accelerator, semiconductor, chip maker, chipmaker, chip designer, "
        "foundry, wafer",
        "The hardware under it all.",
    ),
    _topic(
        "data-centres",
        "Data Centres and Energy",
        "data centre, data center, power grid, electricity demand, cooling water",
        "What computing costs in electricity, water and land.",
    ),
    _topic(
        "robotics",
        "Robotics",
        "robot, robotics, humanoid, robotic arm, warehouse automation, drone",
        "Machines that move.",
    ),
    _topic(
        "self-driving",
        "Self-Driving",
        "self-driving, autonomous vehicle, driverless, robotaxi, driver assistance",
        "Vehicles that steer themselves.",
        "robotics",
    ),
    _topic(
        "health-ai",
        "AI in Health",
        "medical AI, hospital, patients, diagnosis, clinical trial, radiology, doctors, "
        "screening",
        "Diagnosis, treatment and care.",
    ),
    _topic(
        "ai-policy",
        "AI Policy",
        "regulation, regulator, AI law, AI act, parliament, lawmakers, export controls, "
        "legislation, lawsuit",
        "Rules, courts and parliaments.",
    ),
    _topic(
        "copyright",
        "Copyright",
        "copyright, training data, rights holders, publishers, authors, licensing deal",
        "Whose works train the models, and who gets paid.",
        "ai-policy",
    ),
    _topic(
        "privacy",
        "Privacy",
        "privacy, personal data, data protection, facial recognition, surveillance, "
        "biometric",
        "What machines know about us.",
        "ai-policy",
    ),
    _topic(
        "ai-safety",
        "AI Safety",
        "AI safety, alignment, red teaming, AI risk, safety test, jailbreak, incident",
        "Keeping capable systems under control.",
    ),
    _topic(
        "ai-security",
        "Security",
        "cyber attack, vulnerability, data breach, hackers, malware, phishing, scam, "
        "prompt injection, fraud",
        "Attacks on AI and with it.",
    ),
    _topic(
        "ai-research",
        "Research",
        "researchers, study, preprint, benchmark, peer-reviewed, laboratory, dataset",
        "Results from laboratories.",
    ),
    _topic(
        "ai-business",
        "Business",
        "funding round, valuation, start-up, startup, acquisition, takeover, revenue, "
        "investors, chief executive, shares",
        "Money, deals and people.",
    ),
    _topic(
        "ai-work",
        "AI and Work",
        "job cuts, layoffs, automation, union, strike, workers, workplace, skills",
        "What changes for those who work.",
    ),
    _topic(
        "ai-education",
        "AI in Education",
        "school, students, teachers, university exam, homework, tutoring, classroom",
        "Learning with machines, and about them.",
    ),
)
"""Parents stand before their children."""
