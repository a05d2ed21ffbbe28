// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {KlerosAdapter} from "../../../contracts/arbitration/KlerosAdapter.sol";
import {IEscrow} from "../../../contracts/interfaces/IEscrow.sol";
import {IKlerosAdapter} from "../../../contracts/interfaces/IKlerosAdapter.sol";
import {IArbitrator} from "../../../contracts/interfaces/external/IArbitrator.sol";
import {IEvidence} from "../../../contracts/interfaces/external/IEvidence.sol";
import {RefusingParty} from "../../../contracts/mocks/parties/Receivers.sol";
import {DealState} from "../../../contracts/types/DealState.sol";
import {Terms} from "../../../contracts/types/Terms.sol";
import {vm} from "../../support/Vm.sol";
import {KlerosBase} from "./KlerosBase.sol";

contract KlerosAdapter_constructor is KlerosBase {
    function test_AsksItsOneQuestion() public {
        vm.expectEmit();
        emit IEvidence.MetaEvidence(0, META);
        KlerosAdapter made = new KlerosAdapter(escrow, court, EXTRA, META);
        vm.assertEq(address(made.ESCROW()), address(escrow), "escrow");
        vm.assertEq(address(made.COURT()), address(court), "court");
        vm.assertEq(made.extraData(), EXTRA, "extraData");
        vm.assertEq(made.CHOICES(), 5, "choices");
    }

    function test_RevertWhen_CourtHasNoCode() public {
        _expect(abi.encodeWithSelector(IKlerosAdapter.NoContract.selector, stranger));
        new KlerosAdapter(escrow, IArbitrator(stranger), EXTRA, META);
    }

    function test_RevertWhen_EscrowHasNoCode() public {
        _expect(abi.encodeWithSelector(IKlerosAdapter.NoContract.selector, stranger));
        new KlerosAdapter(IEscrow(stranger), court, EXTRA, META);
    }
}

contract KlerosAdapter_requestRuling is KlerosBase {
    function test_PaysTheCourtAndFilesTheDispute() public {
        _disputedWith(_terms(address(usd)));
        _request(_disputedWith(_terms(ETH)), seller, COST);
        Terms memory terms = _disputedWith(_terms(ETH));
        bytes32 id = _idOf(terms);
        uint40 deadline = uint40(block.timestamp + COURT_TIME);
        vm.expectEmit(address(adapter));
        emit IEvidence.Dispute(court, 1, 0, uint256(id));
        vm.expectEmit(address(adapter));
        emit IKlerosAdapter.RulingRequested(id, 1, buyer, COST, deadline);
        vm.prank(buyer);
        (uint256 disputeID, uint256 until) = adapter.requestRuling{value: COST}(terms);
        vm.assertEq(disputeID, 1, "dispute");
        vm.assertEq(until, deadline, "deadline");
        vm.assertEq(adapter.dealOf(1), id, "deal");
        vm.assertEq(adapter.paidBy(id, buyer), COST, "paid by the buyer");
        vm.assertEq(address(court).balance, 2 * COST, "court got");
        vm.assertEq(court.lastExtraData(), EXTRA, "extraData");
        (, uint256 choices,,,,) = court.trials(1);
        vm.assertEq(choices, 5, "choices");
        _assertCase(_case(terms));
    }

    function _assertCase(IKlerosAdapter.Case memory case_) private view {
        vm.assertEq(case_.requester, buyer, "requester");
        vm.assertTrue(!case_.ruled && !case_.collected, "too far");
        vm.assertEq(case_.disputeID, 1, "dispute of the case");
        vm.assertEq(case_.paid, COST, "paid");
        vm.assertEq(case_.fee, 0, "fee");
    }

    function test_ByAStranger_WhoGetsTheExcessBack() public {
        Terms memory terms = _disputedWith(_terms(address(usd)));
        _request(terms, stranger, 1 ether);
        vm.assertEq(stranger.balance, 10 ether - COST, "stranger");
        vm.assertEq(adapter.paidBy(_idOf(terms), stranger), COST, "paid");
        vm.assertEq(address(adapter).balance, 0, "adapter kept");
    }

    function test_WhenThePriceFell_TheDifferenceComesBack() public {
        Terms memory terms = _disputedWith(_terms(ETH));
        uint256 quoted = adapter.requestCost();
        court.setCosts(COST / 3, 0);
        _request(terms, seller, quoted);
        vm.assertEq(seller.balance, 10 ether - COST / 3, "seller");
        vm.assertEq(address(court).balance, COST / 3, "court");
    }

    function test_RevertWhen_ThePriceRose() public {
        Terms memory terms = _disputedWith(_terms(ETH));
        uint256 quoted = adapter.requestCost();
        court.setCosts(quoted + 1, 0);
        _expect(abi.encodeWithSelector(IKlerosAdapter.CostNotMet.selector, quoted, quoted + 1));
        _request(terms, buyer, quoted);
        vm.assertEq(_request(terms, buyer, quoted + 1), 0, "asked again at the new price");
    }

    function test_WhenThePayerRefusesTheRest_ItIsCredited() public {
        Terms memory terms = _disputedWith(_terms(ETH));
        RefusingParty payer = new RefusingParty(stranger);
        vm.expectEmit(address(adapter));
        emit IKlerosAdapter.Credited(ETH, address(payer), 1 ether - COST);
        payer.act{value: 1 ether}(address(adapter), abi.encodeCall(IKlerosAdapter.requestRuling, (terms)));
        vm.assertEq(adapter.creditOf(ETH, address(payer)), 1 ether - COST, "credit");

        bytes memory toItself = abi.encodeCall(IKlerosAdapter.withdraw, (ETH, address(payer)));
        _expect(abi.encodeWithSelector(IKlerosAdapter.WithdrawFailed.selector, ETH, address(payer), 1 ether - COST));
        payer.act(address(adapter), toItself);

        vm.expectEmit(address(adapter));
        emit IKlerosAdapter.Withdrawn(ETH, address(payer), arbiter, 1 ether - COST);
        payer.act(address(adapter), abi.encodeCall(IKlerosAdapter.withdraw, (ETH, arbiter)));
        vm.assertEq(arbiter.balance, 1 ether - COST, "withdrawn");
        _expect(abi.encodeWithSelector(IKlerosAdapter.NothingToWithdraw.selector, ETH, address(payer)));
        payer.act(address(adapter), toItself);
    }

    function test_RevertWhen_AlreadyBeforeTheCourt() public {
        Terms memory terms = _disputedWith(_terms(ETH));
        uint256 disputeID = _request(terms, buyer, COST);
        _expect(abi.encodeWithSelector(IKlerosAdapter.AlreadyRequested.selector, _idOf(terms), disputeID));
        _request(terms, seller, COST);
        vm.assertEq(seller.balance, 10 ether, "the second kept its money");
    }

    function test_RevertGiven_NotDisputed() public {
        for (uint256 i = 0; i <= uint256(type(DealState).max); ++i) {
            DealState state = DealState(i);
            if (state == DealState.Disputed || state == DealState.Resolved) continue;
            uint256 snapshot = vm.snapshotState();
            Terms memory terms = _inState(ETH, state);
            _expect(abi.encodeWithSelector(IKlerosAdapter.NotDisputed.selector, _idOf(terms), state));
            _request(terms, buyer, COST);
            vm.revertToState(snapshot);
        }
    }

    function test_RevertGiven_Resolved() public {
        Terms memory terms = _executed(ETH);
        _expect(abi.encodeWithSelector(IKlerosAdapter.NotDisputed.selector, _idOf(terms), DealState.Resolved));
        _request(terms, buyer, COST);
    }

    function test_RevertWhen_TheArbiterIsAnother() public {
        Terms memory terms = _terms(ETH);
        terms.arbiter = arbiter;
        terms = _disputedWith(terms);
        _expect(abi.encodeWithSelector(IKlerosAdapter.NotTheArbiter.selector, arbiter));
        _request(terms, buyer, COST);
    }

    function test_AtTheDeadline() public {
        Terms memory terms = _disputedWith(_terms(ETH));
        _atDeadline(terms);
        vm.assertEq(_request(terms, buyer, COST), 0, "dispute");
    }

    function test_RevertWhen_TheTimeIsOver() public {
        Terms memory terms = _disputedWith(_terms(ETH));
        _late(terms);
        _expect(abi.encodeWithSelector(IKlerosAdapter.TooLate.selector, block.timestamp, block.timestamp - 1));
        _request(terms, buyer, COST);
    }
}

contract KlerosAdapter_submitEvidence is KlerosBase {
    string private constant PHOTO = "ipfs://photo";

    function test_ByEitherParty() public {
        Terms memory terms = _disputedWith(_terms(ETH));
        address[2] memory parties = [buyer, seller];
        for (uint256 i = 0; i < 2; ++i) {
            vm.expectEmit(address(adapter));
            emit IEvidence.Evidence(court, uint256(_idOf(terms)), parties[i], PHOTO);
            vm.prank(parties[i]);
            adapter.submitEvidence(terms, PHOTO);
        }
    }

    function test_RevertWhen_Stranger() public {
        Terms memory terms = _disputedWith(_terms(ETH));
        _expect(abi.encodeWithSelector(IKlerosAdapter.NotAParty.selector, stranger));
        vm.prank(stranger);
        adapter.submitEvidence(terms, PHOTO);
    }

    function test_RevertGiven_Funded() public {
        Terms memory terms = _funded(ETH);
        _expect(abi.encodeWithSelector(IKlerosAdapter.NotDisputed.selector, _idOf(terms), DealState.Funded));
        vm.prank(buyer);
        adapter.submitEvidence(terms, PHOTO);
    }

    function test_RevertWhen_TheArbiterIsAnother() public {
        Terms memory terms = _terms(ETH);
        terms.arbiter = arbiter;
        terms = _disputedWith(terms);
        _expect(abi.encodeWithSelector(IKlerosAdapter.NotTheArbiter.selector, arbiter));
        vm.prank(buyer);
        adapter.submitEvidence(terms, PHOTO);
    }
}
