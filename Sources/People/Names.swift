// SPDX-License-Identifier: Apache-2.0

/// Where people live: enough for an address and a telephone number.
struct Place: Sendable {
    var city: String
    var state: String
    var country: String
    var callingCode: Int

    init(_ city: String, _ state: String, _ country: String, _ callingCode: Int) {
        self.city = city
        self.state = state
        self.country = country
        self.callingCode = callingCode
    }
}

/// Names and places that go together.
struct Culture: Sendable {
    var first: [String]
    var last: [String]
    var places: [Place]
}

/// Order matters: it is part of what makes a person reproducible. Add at the end of the outer list only.
enum Names {
    static let cultures: [Culture] = [
        english, spanish, indian, chinese, westAfrican, german, polish, french, arabic, nordic, japanese, brazilian,
    ]

    private static func words(_ text: String) -> [String] { text.split(separator: " ").map(String.init) }

    static let english = Culture(
        first: words(
            "Olivia James Emma Noah Grace Liam Hannah Ethan Chloe Mason Abigail Lucas Ruby Owen Megan Isaac Paige Wyatt Holly Caleb"
        ),
        last: words(
            "Harper Whitfield Brooks Sutton Marsh Ellery Lockwood Fenton Barlow Kingsley Prescott Haywood Langley Thorne Ashdown Merritt Colby Winslow Draper Hartley"
        ),
        places: [
            Place("Austin", "TX", "us", 1), Place("Denver", "CO", "us", 1), Place("Portland", "OR", "us", 1),
            Place("Raleigh", "NC", "us", 1),
            Place("Leeds", "England", "gb", 44), Place("Bristol", "England", "gb", 44), Place("Toronto", "ON", "ca", 1),
            Place("Melbourne", "VIC", "au", 61),
        ])
    static let spanish = Culture(
        first: words(
            "Lucía Mateo Valeria Santiago Camila Diego Martina Andrés Paula Javier Elena Tomás Inés Rafael Noelia Gonzalo Adriana Hugo Pilar Joaquín"
        ),
        last: words(
            "Arroyo Navarrete Quiroga Belmonte Salcedo Villanueva Escobar Montero Zamora Carrasco Figueroa Robledo Olivares Peñalver Urrutia Cárdenas Ibáñez Linares Saavedra Nuñez"
        ),
        places: [
            Place("Madrid", "", "es", 34), Place("Valencia", "", "es", 34), Place("Monterrey", "NL", "mx", 52),
            Place("Bogotá", "", "co", 57),
        ])
    static let indian = Culture(
        first: words(
            "Aarav Diya Vihaan Ananya Rohan Ishita Kabir Meera Arjun Kavya Nikhil Priyanka Siddharth Tara Varun Leela Manish Nandini Pranav Sunita"
        ),
        last: words(
            "Raghavan Deshpande Kulkarni Banerjee Chatterji Iyengar Malhotra Venkatesan Bhatnagar Choudhary Nambiar Sengupta Tripathi Wadhwa Joshi Pillai Rastogi Saxena Bedi Menon"
        ),
        places: [
            Place("Bengaluru", "Karnataka", "in", 91), Place("Pune", "Maharashtra", "in", 91),
            Place("Hyderabad", "Telangana", "in", 91), Place("San Jose", "CA", "us", 1),
        ])
    static let chinese = Culture(
        first: words("Wei Jing Hao Mei Jun Xiu Lei Yan Ming Ling Tao Fang Bo Qing Jie Rong Chen Hui Peng Shan"),
        last: words("Zhao Qian Sun Zhou Wu Zheng Feng Jiang Shen Han Yang Zhu Qin Xu Lu Shi Kong Cao Jin Tang"),
        places: [
            Place("Singapore", "", "sg", 65), Place("Shanghai", "", "cn", 86), Place("Shenzhen", "Guangdong", "cn", 86),
            Place("Vancouver", "BC", "ca", 1),
        ])
    static let westAfrican = Culture(
        first: words(
            "Chidi Adaeze Kwame Ama Emeka Ngozi Kofi Yewande Tunde Folake Sadio Aminata Ifeanyi Zainab Kwabena Abena Obinna Temitope Moussa Fatou"
        ),
        last: words(
            "Okafor Adeyemi Mensah Owusu Nwosu Balogun Diallo Boateng Eze Oyelaran Asante Ndiaye Onyekachi Afolabi Sarpong Traoré Uzoma Akintola Agyeman Cissé"
        ),
        places: [
            Place("Lagos", "", "ng", 234), Place("Accra", "", "gh", 233), Place("Dakar", "", "sn", 221),
            Place("London", "England", "gb", 44),
        ])
    static let german = Culture(
        first: words(
            "Lena Jonas Marie Felix Johanna Moritz Clara Niklas Greta Anton Frieda Jakob Ronja Till Svenja Lukas Antje Matthis Heike Jürgen"
        ),
        last: words(
            "Brandt Lindemann Vogelsang Köhler Reinhardt Steinbach Hoffmeister Krüger Althaus Baumgart Eickhoff Gärtner Hellwig Jansen Lohmann Nussbaum Oppermann Rademacher Schönfeld Weißgerber"
        ),
        places: [
            Place("Hamburg", "", "de", 49), Place("München", "Bayern", "de", 49), Place("Wien", "", "at", 43),
            Place("Zürich", "ZH", "ch", 41),
        ])
    static let polish = Culture(
        first: words(
            "Zofia Jakub Hanna Szymon Maja Filip Alicja Kacper Agnieszka Michał Dorota Paweł Katarzyna Łukasz Ewa Wojciech Magdalena Grzegorz Iwona Bartosz"
        ),
        last: words(
            "Wiśniewska Zieliński Mazur Krawczyk Piotrowski Grabowska Pawlak Michalska Król Wróbel Jabłoński Dudek Stępień Sikora Baran Szewczyk Ostrowski Malinowska Czarnecki Żak"
        ),
        places: [Place("Kraków", "", "pl", 48), Place("Gdańsk", "", "pl", 48), Place("Wrocław", "", "pl", 48)])
    static let french = Culture(
        first: words(
            "Camille Théo Manon Baptiste Léa Clément Océane Maxime Élodie Julien Margaux Rémi Solène Quentin Aurélie Gaspard Noémie Étienne Clémence Loïc"
        ),
        last: words(
            "Delacroix Fontenay Girard Lambert Moreau Rousselet Chevallier Duvernay Lefèbvre Marchand Perrault Vasseur Beaumont Carpentier Deschamps Gauthier Hébert Lemaire Poirier Tessier"
        ),
        places: [
            Place("Lyon", "", "fr", 33), Place("Nantes", "", "fr", 33), Place("Montréal", "QC", "ca", 1),
            Place("Bruxelles", "", "be", 32),
        ])
    static let arabic = Culture(
        first: words(
            "Layla Omar Noor Yusuf Salma Karim Rania Tariq Huda Samir Dina Bilal Maryam Faris Yasmin Khalid Amira Ziad Nadia Hassan"
        ),
        last: words(
            "Haddad Mansour Nasser Khoury Farouk Rahman Saleh Darwish Aziz Barakat Jaber Qasim Shaheen Tawfiq Younis Zaki Hamdan Issa Maalouf Sabbagh"
        ),
        places: [Place("Dubai", "", "ae", 971), Place("Amman", "", "jo", 962), Place("Cairo", "", "eg", 20)])
    static let nordic = Culture(
        first: words(
            "Astrid Oskar Freja Elias Ingrid Viggo Saga Anders Linnea Henrik Tuva Mikkel Sigrid Lasse Maren Jesper Ylva Torsten Solveig Rasmus"
        ),
        last: words(
            "Bergström Halvorsen Lindqvist Sørensen Nygård Ekström Dahlberg Kjeldsen Sandvik Öberg Holmgren Rønning Fredriksen Wallin Aasen Hedlund Mortensen Strand Vestergaard Åkesson"
        ),
        places: [Place("Stockholm", "", "se", 46), Place("Oslo", "", "no", 47), Place("Aarhus", "", "dk", 45)])
    static let japanese = Culture(
        first: words(
            "Haruto Yui Sota Aoi Ren Hina Kaito Mio Daichi Sakura Takumi Nanami Kenta Ayaka Ryo Misaki Shun Emi Naoki Yuna"
        ),
        last: words(
            "Takahashi Watanabe Nakamura Kobayashi Yoshida Sasaki Matsumoto Inoue Kimura Hayashi Shimizu Mori Abe Ikeda Hashimoto Ishikawa Ogawa Fujita Okada Murakami"
        ),
        places: [Place("Tokyo", "", "jp", 81), Place("Osaka", "", "jp", 81), Place("Seattle", "WA", "us", 1)])
    static let brazilian = Culture(
        first: words(
            "Beatriz Thiago Larissa Felipe Juliana Caio Mariana Vinícius Rafaela Bruno Letícia Gustavo Isadora Murilo Tainá Leandro Bianca Otávio Débora Renan"
        ),
        last: words(
            "Cavalcanti Figueiredo Guimarães Magalhães Nogueira Sampaio Teixeira Vasconcelos Antunes Brandão Coutinho Fagundes Lacerda Meireles Pacheco Queiroz Rezende Siqueira Tavares Xavier"
        ),
        places: [Place("São Paulo", "SP", "br", 55), Place("Recife", "PE", "br", 55), Place("Lisboa", "", "pt", 351)])
}
