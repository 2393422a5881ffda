## Choices of a workplace
organizations-choose = Institutions found
organizations-found =
    { $n ->
        [one] Found one
       *[other] Found { $n }
    }
organizations-many = There are many. Type more of the name, or the city, to narrow them down
organizations-none = Nothing found. You can also search by reading or postcode
organizations-other = None of these
organizations-other-small = I will type the name myself
organizations-beds =
    { $n ->
        [one] , 1 bed
       *[other] , { $n } beds
    }
organizations-about = { $kind }{ $beds } / { $prefecture }, { $address }

## Bringing in a list
organizations-wrong-code = The code must be at most 20 letters and digits
organizations-wrong-name = A name of at most 200 characters is needed
organizations-wrong-kana = The reading must be at most 200 characters
organizations-wrong-kind = This kind is not in the list of kinds
organizations-wrong-prefecture = The prefecture cannot be read: write its number (01 to 47) or its name
organizations-wrong-postcode = The postcode must be 7 digits
organizations-wrong-address = The address must be at most 300 characters
organizations-wrong-beds = The number of beds must be a number
