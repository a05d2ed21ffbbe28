// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {IEscrow} from "../../contracts/interfaces/IEscrow.sol";
import {
    BurningParty,
    Puppet,
    RefusingParty,
    ShoutingParty,
    ShoutingRefuser
} from "../../contracts/mocks/parties/Receivers.sol";
import {DealState} from "../../contracts/types/DealState.sol";
import {Offer, Terms} from "../../contracts/types/Terms.sol";
import {Digests} from "../support/Digests.sol";
import {vm} from "../support/Vm.sol";
import {TokenBase} from "./TokenBase.sol";

/// @notice A party whose payment fails is credited; the other side has its money at once.
contract HostileParties is TokenBase {
    uint256 private constant BUYER_PART = 0.4 ether;
    uint256 private constant SELLER_NET = 0.585 ether;
    uint256 private constant GAS_CEILING = 400_000;
    /// @dev More than enough; a burner that got it all would be noticed and not last for minutes.
    uint256 private constant GAS_GIVEN = 2_000_000;

    function test_WhenSellerRefuses() public harmsNobody {
        _sellerCredited(new RefusingParty(seller));
    }

    function test_WhenSellerBurnsGas() public harmsNobody {
        _sellerCredited(new BurningParty(seller));
    }

    function test_WhenSellerRefusesWithALongReason() public harmsNobody {
        _sellerCredited(new ShoutingRefuser(seller));
    }

    /// @dev A megabyte costs more memory than the bounded gas buys, so the payment fails and is credited.
    function test_WhenSellerAnswersWithAMegabyte() public harmsNobody {
        _sellerCredited(new ShoutingParty(seller));
    }

    function test_WhenBuyerRefuses() public harmsNobody {
        _buyerCredited(new RefusingParty(buyer));
    }

    function test_WhenBuyerBurnsGas() public harmsNobody {
        _buyerCredited(new BurningParty(buyer));
    }

    function test_WhenBuyerAnswersWithAMegabyte() public harmsNobody {
        _buyerCredited(new ShoutingParty(buyer));
    }

    function test_WhenArbiterBurnsGas() public harmsNobody {
        BurningParty judge = new BurningParty(arbiter);
        Terms memory terms = _terms(ETH);
        terms.arbiter = address(judge);
        _open(terms);
        _dispute(terms);
        Holdings memory before = _holdings(ETH);
        judge.act{gas: GAS_GIVEN}(address(escrow), abi.encodeCall(IEscrow.rule, (terms, 10_000, REASON, "")));
        _collect(terms);
        _assertGains(ETH, before, 0.95 ether, 0, 0, 0);
        vm.assertEq(escrow.creditOf(ETH, address(judge)), 0.05 ether, "arbiter's credit");
    }

    function test_WhenRefuserChangesItsMind() public harmsNobody {
        RefusingParty party = new RefusingParty(seller);
        _sellerCredited(party);
        party.accept(true);
        party.act(address(escrow), abi.encodeCall(IEscrow.withdraw, (ETH, address(party))));
        vm.assertEq(address(party).balance, SELLER_NET, "withdrawn to itself");
    }

    function _sellerCredited(Puppet party) private {
        Terms memory terms = _terms(ETH);
        terms.seller = address(party);
        _open(terms);
        uint256 had = buyer.balance;
        _settleFor(terms, buyer, BUYER_KEY, SELLER_KEY);
        vm.assertEq(buyer.balance - had, BUYER_PART, "buyer has hers at once");
        _assertCredited(terms, party, SELLER_NET);
    }

    function _buyerCredited(Puppet party) private {
        Terms memory terms = _terms(ETH);
        Offer memory offer = _offerOf(terms);
        bytes memory open = abi.encodeCall(IEscrow.open, (offer, 0, _signOffer(offer)));
        party.act{value: 1 ether}(address(escrow), open);
        uint256 had = seller.balance;
        _settleFor(terms, seller, BUYER_KEY, SELLER_KEY);
        vm.assertEq(seller.balance - had, SELLER_NET, "seller has hers at once");
        _assertCredited(terms, party, BUYER_PART);
    }

    function _assertCredited(Terms memory terms, Puppet party, uint256 amount) private {
        _assertState(terms, DealState.Settled);
        vm.assertEq(address(party).balance, 0, "nothing came through");
        vm.assertEq(escrow.creditOf(ETH, address(party)), amount, "credit");
        uint256 snapshot = vm.snapshotState();
        party.act(address(escrow), abi.encodeCall(IEscrow.withdraw, (ETH, stranger)));
        vm.assertEq(stranger.balance, amount, "taken out to another address");
        vm.revertToState(snapshot);
    }

    function _open(Terms memory terms) internal override returns (bytes32) {
        Offer memory offer = _offerOf(terms);
        bytes memory signature = _sign(SELLER_KEY, Digests.offer(address(escrow), offer));
        vm.prank(buyer);
        return escrow.open{value: terms.price}(offer, 0, signature);
    }

    function _settleFor(Terms memory terms, address by, uint256 buyerKey, uint256 sellerKey) private {
        uint40 expiry = uint40(block.timestamp);
        bytes32 digest =
            Digests.settlement(address(escrow), _idOf(terms), uint128(BUYER_PART), 1 ether, expiry);
        bytes memory ofBuyer = _sign(buyerKey, digest);
        bytes memory ofSeller = _sign(sellerKey, digest);
        vm.prank(by);
        uint256 gas = gasleft();
        escrow.settle{gas: GAS_GIVEN}(terms, uint128(BUYER_PART), 1 ether, expiry, ofBuyer, ofSeller);
        vm.assertLe(gas - gasleft(), GAS_CEILING, "gas that a hostile party can cost");
    }
}
